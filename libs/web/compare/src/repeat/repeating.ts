import { computed, signal, type WritableSignal } from '@angular/core';
import { type AnswerRun } from '@tandem/web/run';
import { type SideId } from '../side/sides';
import { type Measured, withRun } from './measured';

/** How often a prompt is asked again where it is measured. */
export const REPEATS = 5;

/** A side, and with which model and settings it is asked, as a key. */
type AskedSide = Pick<Measured, 'side'> & Required<Pick<Measured, 'asked'>>;

/** Asks for the same answers several times, all sides at once and each one run after another, and notes how fast they were. */
export class Repeating {
  private readonly stopping = signal<AbortController | undefined>(undefined);
  readonly isGoingOn = computed(() => this.stopping() !== undefined);

  /** Adds to what was measured before, where the same was asked. */
  async repeat(sides: readonly AskedSide[], measured: WritableSignal<readonly Measured[]>, begin: (side: SideId) => AnswerRun | undefined): Promise<void> {
    const stopping = new AbortController();
    this.stopping.set(stopping);
    measured.update((before) => sides.map((each) => planned(each, before)));
    const note = (side: SideId, run: AnswerRun): void => measured.update((all) => all.map((each) => (each.side === side ? withRun(each, run.answer()) : each)));
    await Promise.all(
      sides.map(({ side }) =>
        repeatOne(
          () => begin(side),
          (run) => note(side, run),
          stopping.signal,
        ),
      ),
    );
    this.stopping.set(undefined);
  }

  stop(): void {
    this.stopping()?.abort();
  }
}

function planned({ side, asked }: AskedSide, before: readonly Measured[]): Measured {
  const same = before.find((each) => each.side === side && each.asked === asked);
  const measured = same ?? { side, asked, firstTokenMs: [], tokensPerSecond: [] };
  return { ...measured, planned: measured.firstTokenMs.length + REPEATS };
}

/** Ends early when it is stopped. */
async function repeatOne(begin: () => AnswerRun | undefined, note: (run: AnswerRun) => void, stopped: AbortSignal): Promise<void> {
  for (let n = 0; n < REPEATS && !stopped.aborted; n++) {
    const run = begin();
    if (!run) return;
    const stop = (): void => run.stop();
    stopped.addEventListener('abort', stop, { once: true });
    await run.start();
    stopped.removeEventListener('abort', stop);
    note(run);
  }
}
