import { Injectable } from '@nestjs/common';
import type { Client } from './client';
import { Fault } from '@tandem/api/faults';

/** How many answers are being made for each client, whether or not it still listens, and how many may be. */
@Injectable()
export class AnswerQuota {
  private readonly running = new Map<string, number>();
  /** Of one client at once; 0: as many as it likes. */
  limit = 0;

  /** @throws Fault `rate_limited` where the client has all that it may have */
  check({ key }: Client): void {
    if (this.limit === 0 || (this.running.get(key) ?? 0) < this.limit) return;
    throw new Fault('rate_limited', `${this.limit} answers are being made for this client already. Wait for one to end, or stop one.`, {
      retryable: true,
      retryAfterSeconds: 1,
    });
  }

  /** Counts one more, until what it gives is called. @throws Fault `rate_limited` */
  take(client: Client): () => void {
    this.check(client);
    const { key } = client;
    this.running.set(key, (this.running.get(key) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.running.get(key) ?? 1) - 1;
      if (left === 0) this.running.delete(key);
      else this.running.set(key, left);
    };
  }
}
