const SIMPLE: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** The bytes of a token that is written as Python writes bytes: `\xf0\x9f` is half of an emoji. */
export function unescapedRwkv(piece: string): Uint8Array {
  const parts = piece.matchAll(/\\x([0-9a-fA-F]{2})|\\([^])|([^\\]+)|\\$/g);
  return Buffer.concat(
    Array.from(parts, ([, hex, escaped, plain]) =>
      hex === undefined ? Buffer.from(plain ?? (escaped === undefined ? '' : (SIMPLE[escaped] ?? escaped)), 'utf8') : Buffer.of(Number.parseInt(hex, 16)),
    ),
  );
}
