/** Why nothing can be kept. Its sentence is for people; it never holds an address with a password. */
export class StoreRefusal extends Error {
  constructor(
    sentence: string,
    /** After how long it makes sense to try again, in milliseconds. */
    readonly retryMs: number,
    cause?: unknown,
  ) {
    super(sentence, { cause });
    this.name = 'StoreRefusal';
  }
}

/** There is no room for more. What is there can be read, so the database stays open. */
export class StoreFull extends StoreRefusal {}

/** What passes, or is mended while the server runs. */
export const PASSING_MS = 5_000;
/** What somebody has to look into. */
export const LASTING_MS = 60_000;
