import type { Run } from '@tandem/api/completion';
import { isEndFrame, isPhaseFrame, isToolCallFrame, type StreamFrame, type TokenLogprob, type ToolCall } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { JoinedCalls } from './joined-calls';
import { faultOf } from './run-fault';

/** All that a run said. */
export interface WholeAnswer {
  readonly run: Run;
  readonly content: string;
  readonly reasoning: string;
  readonly tokens: readonly TokenLogprob[];
  readonly calls: readonly ToolCall[];
}

/** Undefined where the client left first, which ends the run. @throws Fault where the answer is not whole */
export async function wholeAnswer(run: Run, response: Response): Promise<WholeAnswer | undefined> {
  let content = '';
  let reasoning = '';
  const tokens: TokenLogprob[] = [];
  const calls = new JoinedCalls();
  const take = (number: number, frame: StreamFrame): void => {
    if (isPhaseFrame(frame)) return;
    if (isToolCallFrame(frame)) {
      calls.add(frame.tool_call);
      return;
    }
    if (!isEndFrame(frame) && frame.reasoning) {
      reasoning += frame.token;
      return;
    }
    content += frame.token;
    for (const token of run.logprobsOf(number)) tokens.push(token);
  };
  if (!(await follow(run, response, take))) return undefined;
  const fault = faultOf(run);
  if (fault) throw fault;
  return { run, content, reasoning, tokens, calls: calls.list };
}

/** Hands over every frame; whether the run came to its end before the client left. */
function follow(run: Run, response: Response, take: (number: number, frame: StreamFrame) => void): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const frames = run.follow().subscribe({
      next: ({ number, frame }) => take(number, frame),
      error: reject,
      complete: () => {
        response.off('close', onClose);
        resolve(true);
      },
    });
    const onClose = (): void => {
      frames.unsubscribe();
      resolve(false);
    };
    response.once('close', onClose);
  });
}
