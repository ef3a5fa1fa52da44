import { RequestQueue, type Slot, untilAborted } from '@tandem/shared/concurrency';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import { chooseSequence, type Kept, type Wanted } from './choose-sequence';
import { PromptReadings } from './prompt-readings';

const MAX_WAITING = 32;

/** A sequence that is lent out. */
export interface Lease {
  readonly sequence: LlamaContextSequence;
  /** Its number in its context, from 0. */
  readonly order: number;
  /** What its state holds of earlier prompts and may be continued; anything else in it must be cut off first. */
  readonly kept: readonly Token[];
  readonly readings: PromptReadings;
  readonly slot: Slot;
}

/** Whose state is to be dropped, and of which conversation; null for all of them. */
export type Forgotten = Pick<Wanted, 'conversation' | 'owner'>;

interface PooledSequence {
  readonly sequence: LlamaContextSequence;
  readonly order: number;
  readonly readings: PromptReadings;
  /** Whose state it is, so that it can be dropped when they ask for that. */
  conversation: string | null;
  owner: string | null;
  /** Its state must not be read any more. */
  isForgotten: boolean;
  lastUse: number;
}

/** Lends a context's sequences out, each to whom its state serves best; who finds none free waits in a queue. */
export class SequencePool {
  private readonly all: readonly PooledSequence[];
  private readonly free: PooledSequence[];
  private readonly queue: RequestQueue;
  private uses = 0;

  constructor(sequences: readonly LlamaContextSequence[]) {
    this.all = sequences.map((sequence, order) => ({
      sequence,
      order,
      readings: new PromptReadings(),
      conversation: null,
      owner: null,
      isForgotten: false,
      lastUse: 0,
    }));
    this.free = [...this.all];
    this.queue = new RequestQueue({ running: sequences.length, waiting: MAX_WAITING }, (_, waiting) => {
      return new EngineError('queue_full', `${waiting} requests already wait for this model. Try again in a moment.`, { retryable: true });
    });
  }

  /** Rejects with the signal's reason when that is aborted first, and with `queue_full` when too many wait. */
  async acquire(wanted: Wanted, signal: AbortSignal, onPosition: (position: number) => void): Promise<Lease> {
    signal.throwIfAborted();
    const slot = this.queue.take();
    slot.watch(onPosition);
    try {
      await untilAborted(slot.turn, signal);
      const [chosen] = this.free.splice(chooseSequence(this.free.map(keptIn), wanted), 1);
      if (chosen === undefined) throw new RangeError('More requests run than there are sequences.');
      return lend(chosen, wanted, slot);
    } catch (thrown) {
      slot.giveBack();
      throw thrown;
    }
  }

  /** `isSound`: false where something failed, and nobody knows what its state is now. */
  release({ sequence, slot }: Lease, isSound = true): void {
    const pooled = this.all.find((one) => one.sequence === sequence);
    if (pooled === undefined) return;
    pooled.lastUse = ++this.uses;
    if (!isSound) pooled.isForgotten = true;
    this.free.push(pooled);
    slot.giveBack();
  }

  /** The state kept for a conversation of an owner, or for all of that owner's, is not read again; what is in use goes on. */
  forget({ conversation, owner }: Forgotten): void {
    for (const pooled of this.all) if (pooled.owner === owner && (conversation === null || pooled.conversation === conversation)) pooled.isForgotten = true;
  }
}

function keptIn({ sequence, conversation, owner, isForgotten, lastUse }: PooledSequence): Kept & { readonly tokens: readonly Token[] } {
  return { tokens: isForgotten ? [] : sequence.contextTokens, conversation, owner, lastUse };
}

function lend(pooled: PooledSequence, { conversation, owner }: Wanted, slot: Slot): Lease {
  const kept = keptIn(pooled).tokens;
  pooled.conversation = conversation;
  pooled.owner = owner;
  pooled.isForgotten = false;
  const { sequence, order, readings } = pooled;
  return { sequence, order, kept, readings, slot };
}
