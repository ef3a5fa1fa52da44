import { vocabularyHash } from './vocabulary-hash';

describe('vocabularyHash', () => {
  it('is the SHA-256 of each token behind its number of bytes', async () => {
    // printf '\1\0\0\0a\2\0\0\0é' | sha256sum
    await expect(vocabularyHash(['a', 'é'])).resolves.toBe('05a519c01404d2418818913d31f3c7cea9e00f092f63308093a210a145bf033a');
  });

  it.each([
    ['another order', ['b', 'a']],
    ['a token more', ['a', 'b', '']],
    ['another cut', ['ab', '']],
  ])('differs for %s', async (_, tokens) => {
    expect(await vocabularyHash(tokens)).not.toBe(await vocabularyHash(['a', 'b']));
  });

  it('takes a vocabulary of 150,000 tokens', async () => {
    const tokens = Array.from({ length: 150_000 }, (_, id) => `token ${id}`);
    await expect(vocabularyHash(tokens)).resolves.toMatch(/^[\da-f]{64}$/);
  });
});
