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
