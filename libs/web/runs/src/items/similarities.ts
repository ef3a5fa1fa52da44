import { type Signal, signal, type WritableSignal } from '@angular/core';
import type { RunAnswer } from '@tandem/shared/contracts';
import { editSimilarity } from '@tandem/shared/measures';
import { sayShare } from '../figures/say-figures';
import type { ItemPair } from './item-answers';

/** Steps that one comparison may take, so that it ends well before a key press waits for it: the product of both lengths. */
const MOST_STEPS = 2_000_000;

/** So long rows stay in view before anything is found out of them, in milliseconds: while a list is scrolled, it is scrolled alone. */
const QUIET_MS = 100;

const UNKNOWN = signal('–').asReadonly();

/** How alike the answers of rows are. It takes a moment for each, so it is found out for those in view, one after the other, once they stay there. */
export class Similarities {
  /** By the answer that is compared with its baseline. */
  private readonly known = new WeakMap<RunAnswer, WritableSignal<string>>();
  private waiting: readonly ItemPair[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly quietMs = QUIET_MS) {}

  /** "86 %" once it is known, until then nothing; "–" where it cannot be told. */
  of({ baseline, derivative }: ItemPair): Signal<string> {
    return this.saidOf(baseline, derivative) ?? UNKNOWN;
  }

  /** Finds out these. What went out of view before its turn came waits until it is looked at again. */
  look(inView: readonly ItemPair[]): void {
    this.waiting = inView;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.work(), this.quietMs);
  }

  private saidOf(baseline: RunAnswer | undefined, derivative: RunAnswer | undefined): WritableSignal<string> | undefined {
    if (!baseline || !derivative || baseline.error || derivative.error) return undefined;
    const known = this.known.get(derivative);
    if (known) return known;
    const said = signal(saidAtOnce(baseline.text, derivative.text) ?? '');
    this.known.set(derivative, said);
    return said;
  }

  private work(): void {
    const next = this.waiting.find(({ baseline, derivative }) => this.saidOf(baseline, derivative)?.() === '');
    const { baseline, derivative } = next ?? {};
    if (!baseline || !derivative) return;
    this.saidOf(baseline, derivative)?.set(similarityOf(baseline.text, derivative.text));
    this.timer = setTimeout(() => this.work());
  }
}

/** Undefined where it has to be found out. */
function saidAtOnce(baseline: string, derivative: string): string | undefined {
  if (baseline === derivative) return sayShare(1);
  return baseline.length * derivative.length > MOST_STEPS ? UNKNOWN() : undefined;
}

function similarityOf(baseline: string, derivative: string): string {
  const found = editSimilarity(baseline, derivative);
  return found === null ? UNKNOWN() : sayShare(found.similarity);
}
