import { type Signal, signal, type WritableSignal } from '@angular/core';
import type { RunAnswer } from '@tandem/shared/contracts';
import { editSimilarity } from '@tandem/shared/measures';
import { sayShare } from '../figures/say-figures';
import type { ItemPair } from './item-answers';

/** Steps that one comparison may take, so that it ends well before a key press waits for it: the product of both lengths. */
const MOST_STEPS = 2_000_000;

const UNKNOWN = signal('–').asReadonly();

/** How alike the answers of rows are. It takes a moment for each, so it is found out one row after the other, in between everything else. */
export class Similarities {
  /** By the answer that is compared with its baseline. */
  private readonly known = new WeakMap<RunAnswer, WritableSignal<string>>();
  private readonly waiting: (() => void)[] = [];
  private isWorking = false;

  /** "86 %" once it is known, until then nothing; "–" where it cannot be told. */
  of({ baseline, derivative }: ItemPair): Signal<string> {
    if (!baseline || !derivative || baseline.error || derivative.error) return UNKNOWN;
    const known = this.known.get(derivative);
    if (known) return known;
    const atOnce = saidAtOnce(baseline.text, derivative.text);
    const said = signal(atOnce ?? '');
    this.known.set(derivative, said);
    if (atOnce === undefined) this.later(() => said.set(similarityOf(baseline.text, derivative.text)));
    return said;
  }

  private later(work: () => void): void {
    this.waiting.push(work);
    if (this.isWorking) return;
    this.isWorking = true;
    setTimeout(() => this.work());
  }

  private work(): void {
    // what came into view last is looked at first
    this.waiting.pop()?.();
    this.isWorking = this.waiting.length > 0;
    if (this.isWorking) setTimeout(() => this.work());
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
