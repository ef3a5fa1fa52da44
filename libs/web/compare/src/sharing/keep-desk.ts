import { Service, signal } from '@angular/core';
import { type BlindChoice } from '@tandem/shared/contracts';

/** A vote that waits until its comparison is kept. */
export interface WaitingVote {
  /** Id of the turn. */
  readonly turn: string;
  readonly choice: BlindChoice;
}

const KEY = 'tandem.compare.vote-keeps';

/** Whether somebody is asking for the comparison to be kept; and what was said of that once and for all. */
@Service()
export class KeepDesk {
  readonly isOpen = signal(false);
  /** For the sake of which it is asked; undefined where it is for its own. */
  readonly waiting = signal<WaitingVote | undefined>(undefined);
  /** "Keep", or how it is kept; what knows it is loaded later than its button. */
  readonly word = signal('Keep');
  private readonly _voteKeeps = signal(read());
  /** Whether a vote keeps its comparison without asking. */
  readonly voteKeeps = this._voteKeeps.asReadonly();

  ask(waiting?: WaitingVote): void {
    this.waiting.set(waiting);
    this.isOpen.set(true);
  }

  setVoteKeeps(voteKeeps: boolean): void {
    this._voteKeeps.set(voteKeeps);
    try {
      if (voteKeeps) localStorage.setItem(KEY, '1');
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
