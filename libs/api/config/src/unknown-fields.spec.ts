import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { UnknownFields } from './unknown-fields';

describe('UnknownFields', () => {
  afterEach(() => jest.restoreAllMocks());

  it('names a few in one line, and again only when they are others', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const unknown = new UnknownFields();
    const many = Array.from({ length: 10_000 }, (_, at) => `baseline_models[${at}].colour`);
    unknown.note('s3', many);
    unknown.note('s3', many);
    unknown.note('file', []);
    unknown.note('s3', ['x'.repeat(1_000)]);
    unknown.note('s3', []);
    expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
      expect.stringMatching(/^s3: .*"baseline_models\[0\]\.colour", .*"baseline_models\[4\]\.colour" and 9995 more$/),
      expect.stringMatching(/^s3: .{1,60}"x{80}"$/),
    ]);
  });
});
