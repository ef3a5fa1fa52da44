import type { FileWindow } from './file-window';

export const TOKENS = 'tokenizer.ggml.tokens';

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;
const ESCAPED_BYTE = /^\\x([0-9a-f]{2})$/i;
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** What matters of a vocabulary's tokens, all of which are looked at and none kept. */
export interface TokenList {
  /** One that stands there twice; null where each is there once. */
  readonly repeated: string | null;
  /** The bytes that have a token of their own, `<0x0A>` or the byte itself. */
  readonly bytes: ReadonlySet<number>;
  /** The same as RWKV writes them, `\n` or `\x0a`. */
  readonly escapedBytes: ReadonlySet<number>;
}

/** Reads the tokens the way llama.cpp does, which calls an empty one by its place. */
export function readTokenList(file: FileWindow, length: number): TokenList {
  const seen = new Set<string>();
  const bytes = new Set<number>();
  const escapedBytes = new Set<number>();
  let repeated: string | null = null;
  for (let id = 0; id < length; id++) {
    const token = file.rawString() || `[EMPTY_${id}]`;
    if (seen.has(token)) repeated ??= Buffer.from(token, 'latin1').toString('utf8');
    seen.add(token);
    const byte = byteOf(token);
    if (byte !== null) bytes.add(byte);
    const escaped = escapedByteOf(token);
    if (escaped !== null) escapedBytes.add(escaped);
  }
  return { repeated, bytes, escapedBytes };
}

function byteOf(token: string): number | null {
  if (token.length === 1) return token.charCodeAt(0);
  const [, hex] = BYTE_TOKEN.exec(token) ?? [];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

function escapedByteOf(token: string): number | null {
  if (token.length === 1) return token === '\\' ? null : token.charCodeAt(0);
  if (!token.startsWith('\\')) return null;
  if (token.length === 2) return (ESCAPES[token.charAt(1)] ?? token.charAt(1)).charCodeAt(0);
  const [, hex] = ESCAPED_BYTE.exec(token) ?? [];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}
