import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type Run, RunRegistry } from '@tandem/api/completion';
import { Fault, openAiErrorOf, Readiness } from '@tandem/api/platform';
import { type EndFrame, isEndFrame, isPhaseFrame, type StreamFrame } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { type AnswerShape, choice } from './answer-shape';
import type { Asked } from './read-request';

/** A comment goes out after this much silence, in milliseconds. */
const PING_MS = 15_000;

/** Opens a run for a request and writes its answer, as it comes or as a whole. A client that leaves ends the run. */
@Injectable()
export class AnswerOpener {
  constructor(
    private readonly targets: TargetResolver,
    private readonly runs: RunRegistry,
    private readonly readiness: Readiness,
  ) {}

  /** @throws Fault as long as no byte has gone out */
  async answer(asked: Asked, shape: AnswerShape, response: Response): Promise<void> {
    this.readiness.refuseNewWork();
    const left = new AbortController();
    response.once('close', () => left.abort());
    const run = await this.runs.admit(await this.targets.resolve(asked.model), asked.request, left.signal);
    response.setHeader('X-Stream-Id', run.id);
    const base = { id: shape.prefix + run.id, created: Math.floor(Date.now() / 1000), model: run.modelId };
    await (asked.isStream ? this.stream(run, asked, shape, base, response) : this.whole(run, shape, base, response));
  }

  private whole(run: Run, shape: AnswerShape, base: object, response: Response): Promise<void> {
    let content = '';
    let reasoning = '';
    return follow(run, response, (frame) => {
      if (isPhaseFrame(frame)) return;
      if (!isEndFrame(frame)) {
        if (frame.reasoning) reasoning += frame.token;
        else content += frame.token;
        return;
      }
      const fault = faultOf(frame);
      if (fault) throw fault;
      const choices = [choice(shape.whole(content, reasoning), frame.finish_reason ?? null)];
      response.json({ ...base, object: shape.object, choices, ...(frame.usage ? { usage: frame.usage } : {}) });
    });
  }

  /** The head waits for the first news, so that what fails at once still has its own status. */
  private async stream(run: Run, { wantsUsage }: Asked, shape: AnswerShape, base: object, response: Response): Promise<void> {
    const send = (data: object): void => void response.write(`data: ${JSON.stringify(data)}\n\n`);
    const chunk = (choices: object[], usage: object = wantsUsage ? { usage: null } : {}): void => send({ ...base, object: shape.chunkObject, choices, ...usage });
    const begin = (): void => {
      if (response.headersSent) return;
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
      if (shape.opening) chunk([choice(shape.opening, null)]);
    };
    const pings = setInterval(() => {
      begin();
      response.write(': ping\n\n');
    }, PING_MS);
    try {
      await follow(run, response, (frame) => {
        const fault = isEndFrame(frame) ? faultOf(frame) : undefined;
        if (fault && !response.headersSent) throw fault;
        begin();
        pings.refresh();
        if (isPhaseFrame(frame)) response.write(`: ${frame.phase}\n\n`);
        else if (!isEndFrame(frame)) {
          const delta = shape.delta(frame);
          if (delta) chunk([choice(delta, null)]);
        } else if (fault) response.end(`data: ${JSON.stringify(openAiErrorOf(fault))}\n\n`);
        else {
          chunk([choice(shape.closing, frame.finish_reason ?? null)]);
          if (wantsUsage && frame.usage) chunk([], { usage: frame.usage });
          response.end('data: [DONE]\n\n');
        }
      });
    } finally {
      clearInterval(pings);
    }
  }
}

/** Hands over every frame until the end of the run, or until the client is gone. */
function follow(run: Run, response: Response, take: (frame: StreamFrame) => void): Promise<void> {
  const frames: Observable<StreamFrame> = run.follow().pipe(map(({ json }) => JSON.parse(json) as StreamFrame));
  return new Promise((resolve, reject) => {
    const subscription = frames.pipe(map(take)).subscribe({ error: reject, complete: resolve });
    const leave = (): void => {
      subscription.unsubscribe();
      resolve();
    };
    if (response.destroyed) leave();
    else response.once('close', leave);
  });
}

/** Why the answer is not whole. One that was stopped is never shown as complete. */
function faultOf({ error, finish_reason: reason }: EndFrame): Fault | undefined {
  if (error) return new Fault(error.code, error.message, { retryable: error.retryable });
  return reason === 'cancelled' ? new Fault('conflict', 'The answer was stopped before it was complete.') : undefined;
}
