/**
 * What a vocabulary is told from others by, as `Score.vocabulary`: the SHA-256, in hexadecimal, of its tokens in the order of their
 * ids, each as the vocabulary writes it, as its number of bytes (32 bits, little endian) and then those (UTF-8). Two models
 * with the same one mean the same token by the same id.
 */
export async function vocabularyHash(tokens: readonly string[]): Promise<string> {
  const encoder = new TextEncoder();
  const encoded = tokens.map((token) => encoder.encode(token));
  const bytes = new Uint8Array(encoded.reduce((total, { length }) => total + 4 + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const token of encoded) {
    view.setUint32(at, token.length, true);
    bytes.set(token, at + 4);
    at += 4 + token.length;
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
