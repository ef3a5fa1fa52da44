const KEY = 'tandem.compare.blind';

/** Whether prompts are asked blind; as long as the tab. */
export class BlindChoiceStorage {
  read(): boolean {
    try {
      return sessionStorage.getItem(KEY) === '1';
    } catch {
      return false;
    }
  }

  write(isBlind: boolean): void {
    try {
      if (isBlind) sessionStorage.setItem(KEY, '1');
      else sessionStorage.removeItem(KEY);
    } catch {
      // storage is full or blocked: it holds as long as the page lives
    }
  }
}
