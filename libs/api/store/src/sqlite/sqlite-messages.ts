export interface OpenMessage {
  readonly file: string;
  /** Held while the file is in use. */
  readonly lockFile: string;
  readonly migrationTable: string;
  /** Names of all that this release knows. */
  readonly migrations: readonly string[];
}

/** What keeps a file from being used. `error` may be about the file or about the disk. */
export type OpenReply =
  { readonly refusal: 'none' | 'in_use' | 'foreign' | 'newer' | 'damaged' } | { readonly refusal: 'error'; readonly error: SqliteErrorMessage };

export interface QueryMessage {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly (string | number | bigint | null | Uint8Array)[];
}

/** Beside SQLite's own codes, which are none below 0: the file is not there any more, or another is in its place. */
export type FileGone = -1;

export interface SqliteErrorMessage {
  readonly message: string;
  /** As SQLite numbers them, without its extensions; undefined where it is no error of SQLite's. */
  readonly errcode: number | undefined;
}

export type QueryReply =
  | { readonly id: number; readonly rows: readonly Record<string, unknown>[]; readonly changes: number | bigint }
  | { readonly id: number; readonly error: SqliteErrorMessage };
