import { Injectable, Logger } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import { AnswerQuota, clientOf, Departures, Readiness } from '@tandem/api/http';
import { endStream, streamWhenReady } from '@tandem/api/sse';
import type { Request, Response } from 'express';
import type { OnProgress } from './baseline-reading';
import { ProgressTape } from './progress-tape';

/** The name of the result in the answer, and the work that it takes. */
export interface ScoringWork {
  readonly name: 'score' | 'divergence' | 'parity' | 'series';
  work(onProgress: OnProgress, signal: AbortSignal): Promise<object>;
}

/**
 * Answers with one result: as JSON, or as events that tell how far it is where the client asks for those. Bounded as answers
 * are. A client that leaves, or may not go on, ends the work.
 */
@Injectable()
export class ScoringResponder {
  private readonly logger = new Logger('Scoring');

  constructor(
    private readonly quota: AnswerQuota,
    private readonly readiness: Readiness,
    private readonly departures: Departures,
  ) {}

  /** @throws Fault as long as no byte has gone out */
  async answer(wanted: ScoringWork, request: Request, response: Response): Promise<void> {
    this.readiness.refuseNewWork();
    const client = clientOf(request);
    const giveBack = this.quota.take(client);
    const stop = new AbortController();
    const left = new AbortController();
    const leave = (): void => {
      if (!response.writableFinished) left.abort();
    };
    response.once('close', leave);
    const departed = this.departures.all.subscribe((isGone) => isGone(client) && stop.abort(signedOut()));
    const worked: ScoringWork['work'] = (onProgress) =>
      wanted.work(onProgress, AbortSignal.any([stop.signal, left.signal])).catch((thrown: unknown) => {
        throw stop.signal.aborted ? stop.signal.reason : thrown;
      });
    try {
      if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream')
        await this.stream({ ...wanted, work: worked }, response, stop.signal);
      else response.json({ status: 'success', [wanted.name]: await worked(() => undefined, stop.signal) });
    } catch (thrown) {
      if (!left.signal.aborted) throw thrown;
    } finally {
      departed.unsubscribe();
      response.off('close', leave);
      giveBack();
    }
  }

  private async stream({ name, work }: ScoringWork, response: Response, signal: AbortSignal): Promise<void> {
    const tape = new ProgressTape();
    const isReady = (): boolean => {
      const { refusal } = tape;
      if (refusal && !response.headersSent) throw refusal;
      return tape.frames > 0;
    };
    const streamed = streamWhenReady(tape, { opening: '', textOf: (number) => tape.textOf(number) }, isReady, response);
    const worked = work((share) => tape.progress(share), signal).then(
      (result) => tape.end({ [name]: result }),
      (thrown: unknown) => this.fail(tape, thrown),
    );
    if (await streamed) endStream(response);
    await worked;
  }

  private fail(tape: ProgressTape, thrown: unknown): void {
    const fault = Fault.from(thrown);
    if (fault.code === 'internal_error' && tape.frames > 0) this.logger.error({ msg: 'a text could not be scored', err: fault.cause });
    tape.fail(fault);
  }
}

function signedOut(): Fault {
  return new Fault('unauthorized', 'The session or the token that asked for this ended. Sign in, then ask again.');
}
