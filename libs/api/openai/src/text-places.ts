/** Where tokens stand in a text, whose characters may be spread over several of them. */
export class TextPlaces {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private characters = 0;

  /** Where the next token begins: at the first character that it has all of, or ends. */
  next({ token, bytes }: { readonly token: string; readonly bytes: readonly number[] | null }): number {
    const at = this.characters;
    this.characters += bytes === null ? token.length : this.decoder.decode(Uint8Array.from(bytes), { stream: true }).length;
    return at;
  }
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A token as OpenAI's older completions spell it: part of a character by its bytes. */
export function spelled(bytes: readonly number[]): string {
  try {
    return STRICT.decode(Uint8Array.from(bytes));
  } catch {
    return `bytes:${bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}`;
  }
}
