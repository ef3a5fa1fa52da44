import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import type { Client } from './client';

/** Which clients may not go on. */
export type IsGone = (client: Client) => boolean;

/** Tells whoever works for a client that it may not go on: its session ended, or its token was taken back. */
@Injectable()
export class Departures {
  private readonly told = new Subject<IsGone>();

  get all(): Observable<IsGone> {
    return this.told.asObservable();
  }

  tell(isGone: IsGone): void {
    this.told.next(isGone);
  }
}
