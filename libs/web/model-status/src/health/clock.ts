import { Service, signal } from '@angular/core';

const TICK_MS = 10_000;

/** The time, for words such as "5 min" that must not grow old. Ticks as long as the page lives. */
@Service()
export class Clock {
  private readonly now = signal(Date.now());
  readonly nowMs = this.now.asReadonly();

  constructor() {
    setInterval(() => this.now.set(Date.now()), TICK_MS);
  }
}
