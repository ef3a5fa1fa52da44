import type { Readable } from 'node:stream';
import { brokeOff, Fault, tooLargeEvent } from '@tandem/api/faults';
import { EventTooLongError } from '@tandem/shared/sse';
import { faultOfConnection } from '../connection/connection-fault';
import type { Deadlines } from '../connection/deadlines';
import { decoderOf } from '../dialects/decoder-of';
import type { Dialect, Framing, Piece } from '../dialects/dialect';
import type { Answer } from './answer';
import { ENOUGH, StreamClock } from './stream-clock';

/** How long the connection may stay open after `[DONE]`, so that it can serve the next request. */
const AFTER_END_MS = 100;

/** The fault of an answer that ended before the server said that it was complete. */
export function incomplete(host: string, cause?: unknown): Fault {
  return new Fault('upstream_incomplete', brokeOff(host), { retryable: true, cause });
}

function faultOfBrokenStream(error: unknown, host: string): Fault {
  if (error instanceof EventTooLongError) {
    return new Fault('upstream_bad_response', tooLargeEvent(host), { cause: error });
  }
  const fault = faultOfConnection(error, host);
  // It was reached: the connection broke inside the answer.
  return fault.code === 'upstream_unreachable' ? incomplete(host, error) : fault;
}

export interface StreamedBody {
  readonly body: Readable;
  readonly framing: Framing;
  /** Whether the body itself tells where it ends: a closed connection is no such word. */
  readonly isDelimited: boolean;
}

/**
 * Reads a stream into an answer until it is over, broken or silent for too long. Resolves when the body is closed,
 * however far the answer came; rejects with a fault when the exchange itself failed first.
 */
export function receiveAnswer(
  { body, framing, isDelimited }: StreamedBody,
  dialect: Dialect,
  answer: Answer,
  host: string,
  deadlines: Deadlines,
): Promise<void> {
  const clock = new StreamClock((reason) => body.destroy(reason), deadlines, host);
  let isBodyOver = false;

  answer.flowsBy({
    pause: () => {
      if (!answer.isOpen) return;
      clock.hold(true);
      body.pause();
    },
    resume: () => {
      clock.hold(false);
      body.resume();
    },
  });
  const settle = () => {
    if (!answer.isOpen) body.resume();
    if (answer.isEnded) clock.leaveWithin(AFTER_END_MS);
    else if (!answer.isOpen) body.destroy(ENOUGH);
    // a server that gives its reason early says the rest in its own time
    else if (answer.isFinished && answer.hasText && !answer.hasGoneOn) clock.leaveWithin(deadlines.finishMs);
    else clock.stay();
  };
  const take = (pieces: readonly Piece[]) => {
    const { state, isEnded, hasGoneOn } = answer;
    for (const piece of pieces) {
      // A body that is over in the middle of an event was cut there: no sign of a server that speaks badly.
      if (isBodyOver && piece.kind === 'garbled') continue;
      answer.take(piece);
      if (piece.kind === 'text' || piece.kind === 'progress') clock.restartSilence();
    }
    if (answer.state !== state || answer.isEnded !== isEnded || answer.hasGoneOn !== hasGoneOn) settle();
  };
  const decoder = decoderOf(framing, { read: (event) => dialect.readEvent(event), take });

  return new Promise((resolve, reject) => {
    let failure: unknown = ENOUGH;
    const decode = (work: () => void) => {
      try {
        work();
      } catch (error) {
        // a body that is at its end has no error any more
        failure = error;
        body.destroy(error as Error);
      }
    };
    body.on('data', (bytes: Uint8Array) => decode(() => decoder.push(bytes)));
    body.on('end', () => {
      isBodyOver = true;
      decode(() => decoder.end());
      if (dialect.endsWithBody && isDelimited && !answer.isEmpty && failure === ENOUGH) answer.take({ kind: 'finish', reason: 'stop', isImplied: true });
    });
    body.on('error', (error) => (failure = error));
    body.on('close', () => {
      clock.clear();
      if (failure === ENOUGH || !answer.isOpen || (answer.isFinished && !answer.hasGoneOn)) resolve();
      else reject(faultOfBrokenStream(failure, host));
    });
  });
}
