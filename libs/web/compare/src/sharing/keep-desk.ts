import { Service, signal } from '@angular/core';
import { type BlindChoice } from '@tandem/shared/contracts';

/** A vote that waits until its comparison is kept. */
export interface WaitingVote {
  /** Id of the turn. */
  readonly turn: string;
  readonly choice: BlindChoice;
}

/** Whether somebody is asking for the comparison to be kept. */
@Service()
export class KeepDesk {
  readonly isOpen = signal(false);
  /** For the sake of which it is asked; undefined where it is for its own. */
  readonly waiting = signal<WaitingVote | undefined>(undefined);
  /** "Keep", or how it is kept; what knows it is loaded later than its button. */
  readonly word = signal('Keep');

  ask(waiting?: WaitingVote): void {
    this.waiting.set(waiting);
    this.isOpen.set(true);
  }
}
