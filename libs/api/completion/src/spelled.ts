const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A token as OpenAI's older completions spell it: part of a character by its bytes, `bytes:\\xf0\\x9f`. */
export function spelled(bytes: readonly number[]): string {
  try {
    return STRICT.decode(Uint8Array.from(bytes));
  } catch {
    return `bytes:${bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}`;
  }
}
