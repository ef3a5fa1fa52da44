import { type WritableSignal } from '@angular/core';
import { type AnswerRun } from '@tandem/web/run';
import { type SideId } from '../side/sides';
import { type Measured, withRun } from './measured';

/** Asks a side for `count` answers, one after the other, and notes how fast each was. Ends early when it is stopped. */
export async function measure(
  count: number,
  begin: () => AnswerRun | undefined,
  measured: WritableSignal<readonly Measured[]>,
  side: SideId,
  stopped: AbortSignal,
): Promise<void> {
  for (let n = 0; n < count && !stopped.aborted; n++) {
    const run = begin();
    if (!run) return;
    const stop = (): void => run.stop();
    stopped.addEventListener('abort', stop, { once: true });
    await run.start();
    stopped.removeEventListener('abort', stop);
    measured.update((all) => all.map((each) => (each.side === side ? withRun(each, run.answer()) : each)));
  }
}
