import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';

/** A comment goes out after this much silence, in milliseconds, so that no proxy on the way takes the connection for dead. */
const PING_MS = 15_000;

/** Calls `ping` after every `pingMs` in which nothing was sent, until it is stopped. */
export class KeepAlive {
  private readonly timer: NodeJS.Timeout;

  constructor(ping: () => void, pingMs = PING_MS) {
    this.timer = setInterval(ping, pingMs);
  }

  /** Something was sent. */
  sent(): void {
    this.timer.refresh();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Sends a comment at once, and again after every `pingMs` without an event. */
export function keptAlive(events: Observable<MessageEvent>, pingMs = PING_MS): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    const say = (comment: string): void => subscriber.next({ comment } as MessageEvent);
    say('tandem');
    const keepAlive = new KeepAlive(() => say('ping'), pingMs);
    subscriber.add(() => keepAlive.stop());
    subscriber.add(
      events.subscribe({
        next: (event) => {
          keepAlive.sent();
          subscriber.next(event);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}
