import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { parseEnvironment } from './environment';
import { warnIfOpen } from './warn-if-open';

function warningsFor(variables: Record<string, string>): string[] {
  const said: string[] = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((...words: unknown[]) => void said.push(String(words[0])));
  warnIfOpen(parseEnvironment(variables));
  return said;
}

describe('warnIfOpen', () => {
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    {},
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '10.0.0.5' },
    { HOST: '0.0.0.0', ACCESS_TOKENS: ' ' },
    { HOST: 'tandem.example', ADMIN_TOKEN: 'for-the-admin-alone' },
  ])('warns with %p', (variables) => {
    expect(warningsFor(variables)).toEqual([expect.stringContaining('set ACCESS_TOKENS, or HOST to 127.0.0.1')]);
  });

  it.each([{ HOST: '127.0.0.1' }, { HOST: '127.1.2.3' }, { HOST: '::1' }, { HOST: 'localhost' }, { ACCESS_TOKENS: 'long-enough' }])(
    'says nothing with %p',
    (variables) => {
      expect(warningsFor(variables)).toEqual([]);
    },
  );
});
