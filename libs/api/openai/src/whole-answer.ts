import type { Run } from '@tandem/api/completion';
import { isEndFrame, isPhaseFrame, type StreamFrame, type TokenLogprob } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { type AnswerShape, choice } from './answer-shape';
import { faultOf } from './run-fault';
import { logprobsOf } from './run-logprobs';

/** Answers with all of a run at once. A client that leaves ends the run. @throws Fault where the answer is not whole */
export async function sendWhole(run: Run, shape: AnswerShape, base: object, response: Response): Promise<void> {
  let content = '';
  let reasoning = '';
  const tokens: TokenLogprob[] = [];
  const take = (number: number, frame: StreamFrame): void => {
    if (isPhaseFrame(frame)) return;
    if (!isEndFrame(frame) && frame.reasoning) {
      reasoning += frame.token;
      return;
    }
    content += frame.token;
    for (const token of logprobsOf(run, number)) tokens.push(token);
  };
  if (!(await follow(run, response, take))) return;
  const fault = faultOf(run);
  if (fault) throw fault;
  const { finish_reason: reason = null, usage } = run.outcome ?? {};
  const choices = [choice(shape.whole(content, reasoning), reason, tokens.length === 0 ? null : shape.logprobs(tokens, 0))];
  response.json({ ...base, object: shape.object, choices, ...(usage ? { usage } : {}) });
}

/** Hands over every frame; whether the run came to its end before the client left. */
function follow(run: Run, response: Response, take: (number: number, frame: StreamFrame) => void): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const frames = run.follow().subscribe({
      next: ({ number, json }) => take(number, JSON.parse(json) as StreamFrame),
      error: reject,
      complete: () => resolve(true),
    });
    response.once('close', () => {
      frames.unsubscribe();
      resolve(false);
    });
  });
}
