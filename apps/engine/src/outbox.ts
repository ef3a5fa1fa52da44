import type { FromEngine } from '@tandem/shared/engine-protocol';

/** Collects what is said in one turn of the loop and sends it as one batch: a message costs more than its content. */
export class Outbox {
  private batch: FromEngine[] = [];

  constructor(private readonly deliver: (batch: readonly FromEngine[]) => void) {}

  post(message: FromEngine): void {
    if (this.batch.length === 0) setImmediate(() => this.flush());
    const last = this.batch.at(-1);
    if (message.type === 'text' && last?.type === 'text' && last.id === message.id && last.reasoning === message.reasoning) {
      this.batch[this.batch.length - 1] = { ...last, text: last.text + message.text };
    } else this.batch.push(message);
  }

  /** Sends what is a batch already at once, behind what waits. */
  pass(batch: readonly FromEngine[]): void {
    this.flush();
    if (batch.length > 0) this.deliver(batch);
  }

  flush(): void {
    if (this.batch.length === 0) return;
    const batch = this.batch;
    this.batch = [];
    this.deliver(batch);
  }
}
