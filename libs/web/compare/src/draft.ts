const KEY = 'tandem.draft';

/** The prompt that was not sent yet: outlives a reload, ends with the tab. Without storage it lasts as long as the page. */
export const draftStorage = {
  read(): string {
    try {
      return sessionStorage.getItem(KEY) ?? '';
    } catch {
      return '';
    }
  },
  write(text: string): void {
    try {
      sessionStorage.setItem(KEY, text);
    } catch {
      // full or forbidden
    }
  },
};

export type DraftStorage = typeof draftStorage;
