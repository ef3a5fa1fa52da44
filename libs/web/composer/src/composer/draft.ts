/** A prompt that was not sent yet: outlives a reload, ends with the tab. Without storage it lasts as long as the page. */
export class DraftStorage {
  constructor(private readonly key: string) {}

  read(): string {
    try {
      return sessionStorage.getItem(this.key) ?? '';
    } catch {
      return '';
    }
  }

  write(text: string): void {
    try {
      if (text === '') sessionStorage.removeItem(this.key);
      else sessionStorage.setItem(this.key, text);
    } catch {
      // full or forbidden
    }
  }
}
