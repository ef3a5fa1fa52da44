import { newId } from '@tandem/web/run';

const KEY = 'tandem.chat.page';

/** This page since it was loaded. */
export const THIS_PAGE = newId();

/** The page that was in this tab before: the same one before a reload. Its unfinished answers are nobody's any more. */
export const PAGE_BEFORE = takeOver();

function takeOver(): string | null {
  try {
    const before = sessionStorage.getItem(KEY);
    sessionStorage.setItem(KEY, THIS_PAGE);
    return before;
  } catch {
    return null;
  }
}
