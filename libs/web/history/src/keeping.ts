import { type HistoryNames } from './entry';

/** Whether a history outlives the tab: yes, not at all, or no longer as the storage is full. */
export type Keeping = 'yes' | 'unavailable' | 'full';

/** What a person must know of how long a history is kept; nothing where it is kept. */
export function sayKept(keeping: Keeping, { many, done }: HistoryNames): string {
  switch (keeping) {
    case 'yes':
      return '';
    case 'unavailable':
      return `This browser lets the page store nothing: ${many} last until it is closed or reloaded. Export what you want to keep.`;
    case 'full':
      return `This browser’s storage is full: what is ${done} now lasts until the page is closed. Delete ${many}, or export what you want to keep.`;
  }
}
