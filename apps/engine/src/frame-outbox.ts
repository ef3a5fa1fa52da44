import type { FromEngine } from '@tandem/shared/engine-protocol';

/** A screen shows nothing sooner. */
const FRAME_MS = 16;

/**
 * Collects what is said and sends it as batches, in the order of each call's messages. Text that comes faster than a screen
 * shows it waits for the next frame, where all of one answer is one piece: a message costs more than its content. An
 * answer's first piece does not wait, nor anything else: it takes along what does.
 */
export class FrameOutbox {
  private batch: FromEngine[] = [];
  /** Where the last message of each call is in the batch. */
  private readonly places = new Map<number, number>();
  /** Of answers that have begun: whether their last text was a thought. */
  private readonly begun = new Map<number, boolean>();
  private deliveredAtMs = -Infinity;
  private soon: NodeJS.Immediate | undefined;
  private nextFrame: NodeJS.Timeout | undefined;

  constructor(
    private readonly deliver: (batch: readonly FromEngine[]) => void,
    private readonly nowMs = () => performance.now(),
  ) {}

  post(message: FromEngine): void {
    const isGoingOn = this.goesOn(message);
    this.add(message);
    if (isGoingOn) this.flushByFrame();
    else this.flushSoon();
  }

  flush(): void {
    clearTimeout(this.nextFrame);
    clearImmediate(this.soon);
    this.nextFrame = this.soon = undefined;
    if (this.batch.length === 0) return;
    const { batch } = this;
    this.batch = [];
    this.places.clear();
    this.deliveredAtMs = this.nowMs();
    this.deliver(batch);
  }

  /** Whether it goes on with what is being shown already. */
  private goesOn(message: FromEngine): boolean {
    switch (message.type) {
      case 'logprobs':
        return true;
      case 'text': {
        const isThought = message.reasoning === true;
        const isBegun = this.begun.get(message.id) === isThought;
        if (!isBegun) this.begun.set(message.id, isThought);
        return isBegun;
      }
      case 'end':
      case 'fault':
        this.begun.delete(message.id);
        return false;
      default:
        return false;
    }
  }

  private add(message: FromEngine): void {
    if (!('id' in message)) {
      this.batch.push(message);
      return;
    }
    const place = this.places.get(message.id);
    const last = place === undefined ? undefined : this.batch[place];
    const isOnePiece = message.type === 'text' && last?.type === 'text' && last.reasoning === message.reasoning;
    if (place !== undefined && isOnePiece) this.batch[place] = { ...last, text: last.text + message.text };
    else this.places.set(message.id, this.batch.push(message) - 1);
  }

  private flushSoon(): void {
    this.soon ??= setImmediate(() => this.flush());
  }

  private flushByFrame(): void {
    if (this.soon !== undefined || this.nextFrame !== undefined) return;
    const waitMs = this.deliveredAtMs + FRAME_MS - this.nowMs();
    if (waitMs < 1) this.flushSoon();
    else this.nextFrame = setTimeout(() => this.flush(), waitMs);
  }
}
