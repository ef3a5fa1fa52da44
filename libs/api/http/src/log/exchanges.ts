import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';

/** One request and its answer, when that is over. */
export interface Exchange {
  readonly method: string;
  /** The pattern of the route, never what a client wrote: `/api/models/*id`. `other` where there is none, `unread` where the request could not be read. */
  readonly route: string;
  /** 499 where the client left before there was one. */
  readonly status: number;
  /** Null where it never began to be answered. */
  readonly durationMs: number | null;
}

/** Tells of every exchange that is over, and of those that were not let begin, for those who count. */
@Injectable()
export class Exchanges {
  private readonly over = new Subject<Exchange>();
  private readonly away = new Subject<void>();

  get ended(): Observable<Exchange> {
    return this.over.asObservable();
  }

  /** Connections that were closed as they came, because there were too many. */
  get turnedAway(): Observable<void> {
    return this.away.asObservable();
  }

  end(exchange: Exchange): void {
    this.over.next(exchange);
  }

  turnAway(): void {
    this.away.next();
  }
}
