import type { FileWindow } from './file-window';

export const TOKENS = 'tokenizer.ggml.tokens';

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

/** What matters of a vocabulary's tokens, all of which are looked at and none kept. */
export interface TokenList {
  /** One that stands there twice; null where each is there once. */
  readonly repeated: string | null;
  /** The bytes that have a token of their own, `<0x0A>` or the byte itself. */
  readonly bytes: ReadonlySet<number>;
}

/** Reads the tokens the way llama.cpp does, which calls an empty one by its place. */
export function readTokenList(file: FileWindow, length: number): TokenList {
  const seen = new Set<string>();
  const bytes = new Set<number>();
  let repeated: string | null = null;
  for (let id = 0; id < length; id++) {
    const token = file.rawString() || `[EMPTY_${id}]`;
    if (seen.has(token)) repeated ??= Buffer.from(token, 'latin1').toString('utf8');
    seen.add(token);
    const byte = byteOf(token);
    if (byte !== null) bytes.add(byte);
  }
  return { repeated, bytes };
}

function byteOf(token: string): number | null {
  if (token.length === 1) return token.charCodeAt(0);
  const [, hex] = BYTE_TOKEN.exec(token) ?? [];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}
