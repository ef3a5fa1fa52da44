/** One thing of a history, as its row shows it. */
export interface HistoryEntry {
  readonly id: string;
  /** Empty while it has none. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updatedAtMs: number;
  /** Its own address, where it has one; else choosing it is told to the page. */
  readonly link?: string;
  readonly isRunning?: boolean;
  /** One line about it. */
  readonly facts?: string;
  /** Where the search found something in it. */
  readonly excerpt?: string | undefined;
}

/** What a history is called by, in lower case. */
export interface HistoryNames {
  readonly one: string;
  readonly many: string;
  /** What a person does there: something is said, or asked. */
  readonly done: string;
  /** What is said before the words that nothing was found for. */
  readonly notFound: string;
}
