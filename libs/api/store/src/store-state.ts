import type { StoreFull, StoreRefusal } from './refusal';
import type { OpenDatabase } from './database';

export interface Off {
  readonly name: 'off';
  readonly refusal: StoreRefusal;
  readonly retry: NodeJS.Timeout;
  readonly retryAtMs: number;
}

/** While there is no room: `retry` sees whether there is some again. */
interface Full {
  readonly refusal: StoreFull;
  readonly retry: NodeJS.Timeout;
}

export interface Ready {
  readonly name: 'ready';
  readonly open: OpenDatabase;
  /** What is being asked of it. */
  readonly running: Set<Promise<unknown>>;
  full?: Full | undefined;
}

export type StoreState =
  | { readonly name: 'idle' }
  /** `off`: as it was before this try. */
  | { readonly name: 'opening'; readonly done: Promise<void>; readonly off: Off | undefined }
  | Ready
  | Off
  | { readonly name: 'closed' };
