/** What a file says of one prompt, before it is looked at. */
export interface RawPrompt {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly value: unknown;
}

/** What a file holds. */
export interface RawSet {
  /** As the file calls itself. */
  readonly name?: unknown;
  /** In the order of the file; read as they are taken, so that a long file can be read in pieces. */
  readonly prompts: Iterable<RawPrompt> | AsyncIterable<RawPrompt>;
}
