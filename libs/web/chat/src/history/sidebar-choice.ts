const KEY = 'tandem.chat.sidebar';

/** Whether the sidebar was put away; outlives the page where it can. */
export const sidebarChoice = {
  isHidden(): boolean {
    try {
      return localStorage.getItem(KEY) === 'hidden';
    } catch {
      return false;
    }
  },
  keep(isHidden: boolean): void {
    try {
      localStorage.setItem(KEY, isHidden ? 'hidden' : 'shown');
    } catch {
      // storage is blocked: the choice lasts as long as the page
    }
  },
};
