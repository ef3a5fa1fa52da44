import type { PhaseFrame } from '@tandem/shared/contracts';

/** Between two reports of progress, in milliseconds: at most ten a second, also where the way to the client bunches them. */
const PROGRESS_MS = 125;

/** What a run waits for, as it is told: in whole percent, and rarely: a model that loads fast reports its progress thousands of times. */
export class PhaseReports {
  private last: PhaseFrame | undefined;
  private toldAtMs = 0;

  get isQueued(): boolean {
    return this.last?.phase === 'queued';
  }

  /** The frame that is to be told; undefined where it is no news. */
  newsIn(frame: PhaseFrame): PhaseFrame | undefined {
    const told = frame.progress === undefined ? frame : { ...frame, progress: Math.round(frame.progress * 100) / 100 };
    const { phase, progress, position } = this.last ?? {};
    const isSame = told.phase === phase && told.position === position;
    const nowMs = performance.now();
    if (isSame && (told.progress === progress || nowMs - this.toldAtMs < PROGRESS_MS)) return undefined;
    this.last = told;
    this.toldAtMs = nowMs;
    return told;
  }
}
