import { type Keeping } from '../archive/archive';

/** What a person must know of how long what is said is kept; nothing where it is kept. */
export const KEEPING_WORDS: Readonly<Record<Keeping, string>> = {
  yes: '',
  unavailable: 'This browser lets the page store nothing: conversations last until it is closed or reloaded. Export what you want to keep.',
  full: 'This browser’s storage is full: what is said now lasts until the page is closed. Delete conversations, or export what you want to keep.',
};
