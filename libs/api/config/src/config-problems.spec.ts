import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ConfigProblems } from './config-problems';
import { ConfigurationError } from './configuration-error';

describe('ConfigProblems', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('tells since when it is so, which is later once something else is wrong', () => {
    const problems = new ConfigProblems();
    const noted = (ms: number, sources: Record<string, string>) => {
      jest.setSystemTime(ms);
      problems.note(new Map(Object.entries(sources).map(([source, words]) => [source, new ConfigurationError(source, words)])), '');
      return problems.summary?.at.getTime();
    };
    expect(noted(1_000, { s3: 'is empty.' })).toBe(1_000);
    expect(noted(2_000, { s3: 'is empty.' })).toBe(1_000);
    expect(noted(3_000, { s3: 'is empty.', file: 'is gone.' })).toBe(3_000);
    expect(noted(4_000, { s3: 'is empty.', file: 'is gone.' })).toBe(3_000);
    expect(noted(5_000, { s3: 'is too large.', file: 'is gone.' })).toBe(5_000);
    expect(noted(6_000, {})).toBeUndefined();
  });
});
