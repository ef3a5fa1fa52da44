import type { Run, RunRegistry, RunRequest, Target } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { cancelledBy } from '@tandem/shared/concurrency';
import { isEndFrame, isPhaseFrame, isToolCallFrame, STREAM_PARAMETERS, type EndFrame } from '@tandem/shared/contracts';

/** An answer with its end; it may have failed after some of its text. */
export interface Asked {
  readonly text: string;
  readonly thoughts: string;
  readonly end: EndFrame | undefined;
  readonly fault: Fault | undefined;
}

/** Asks a model once, and waits for all of its answer. Never rejects but where the signal is aborted: then with its reason, once the model let go. */
export async function askModel(runs: RunRegistry, target: Target, request: Omit<RunRequest, 'defaults' | 'isRepeated'>, signal: AbortSignal): Promise<Asked> {
  const asked: RunRequest = { ...request, defaults: STREAM_PARAMETERS, isRepeated: true };
  const pieces = { text: '', thoughts: '' };
  let run: Run | undefined;
  try {
    signal.throwIfAborted();
    run = await runs.admitUnattended(target, asked, signal);
    await followed(run, pieces, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    return { ...pieces, end: undefined, fault: Fault.from(thrown) };
  }
  signal.throwIfAborted();
  return { ...pieces, end: run.outcome, fault: run.fault };
}

async function followed(run: Run, pieces: { text: string; thoughts: string }, signal: AbortSignal): Promise<void> {
  const following = run.follow().subscribe(({ frame }) => {
    if (isEndFrame(frame) || isPhaseFrame(frame) || isToolCallFrame(frame)) return;
    pieces[frame.reasoning ? 'thoughts' : 'text'] += frame.token;
  });
  try {
    await cancelledBy(run.ended, signal, () => run.stop());
  } finally {
    following.unsubscribe();
  }
}
