import { Service, signal } from '@angular/core';

const KEY = 'tandem.compare.vote-keeps';

/** Whether a vote keeps its comparison without asking, as was said in this browser once and for all. */
@Service()
export class VoteKeeps {
  private readonly _isOn = signal(read());
  readonly isOn = this._isOn.asReadonly();

  set(isOn: boolean): void {
    this._isOn.set(isOn);
    try {
      if (isOn) localStorage.setItem(KEY, '1');
      else localStorage.removeItem(KEY);
    } catch {
      // storage is blocked: it holds as long as the page lives
    }
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return false;
  }
}
