import { bearerOf } from '@tandem/api/access';
import { isForbiddenHost, parseEndpoint } from '@tandem/api/endpoint';
import { growthOf, LINEAR } from '@tandem/testing';

const attempt = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch {
    return undefined;
  }
};

describe('What a client or a configuration says takes time that grows with its length only', () => {
  it.each<[string, (text: string) => unknown, (size: number) => string]>([
    ['a bearer token of spaces', bearerOf, (size) => `Bearer ${' '.repeat(size)}\t`],
    ['a bearer token in pieces', bearerOf, (size) => `Bearer ${'x '.repeat(size / 2)}`],
    ['an endpoint of slashes', parseEndpoint, (size) => `http://host:1${'/'.repeat(size)}x`],
    ['an endpoint of slashes without a host', parseEndpoint, (size) => '//'.repeat(size / 2)],
    ['an endpoint of passwords', parseEndpoint, (size) => `${'//a@'.repeat(size / 4)}`],
    ['an endpoint of ports', parseEndpoint, (size) => ':1'.repeat(size / 2)],
    ['an endpoint of questions', parseEndpoint, (size) => `@${'?'.repeat(size)}`],
    ['a host of zones', isForbiddenHost, (size) => '%'.repeat(size)],
    ['an endpoint of dots', parseEndpoint, (size) => `${'a.'.repeat(size / 2)}localhostx`],
  ])('of %s', (_, read, make) => {
    expect(growthOf(attempt(read), make, 300_000)).toBeLessThan(LINEAR);
  });
});
