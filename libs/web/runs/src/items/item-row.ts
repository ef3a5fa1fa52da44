import type { Signal } from '@angular/core';
import type { RunItem } from '@tandem/shared/contracts';
import { type ItemPair, pairOf, promptOf } from './item-answers';
import { type CheckWord, firstLine, isFlip, type ItemNumbers, sayCheck, sayFirstDifference, sayNumbers, sayTokens } from './item-words';
import type { Similarities } from './similarities';

/** One side's part of a row. */
export interface RowSide {
  readonly tone: 'baseline' | 'derivative';
  readonly line: string;
  readonly hasFailed: boolean;
  readonly check: CheckWord | undefined;
}

export interface ItemRow extends ItemNumbers {
  readonly id: string;
  readonly prompt: string;
  readonly isAsked: boolean;
  readonly sides: readonly RowSide[];
  readonly isFlip: boolean;
  readonly difference: string;
  readonly similarity: Signal<string>;
  readonly tokens: string;
}

/** Of a prompt that is longer a row shows its beginning, in UTF-16 characters. */
const PROMPT = 300;

/** Rows as they are shown, each made once for an item. */
export class RowMaker {
  private readonly made = new WeakMap<RunItem, ItemRow>();

  /** @param at which of the sides is compared with the baseline, from 0 */
  constructor(
    private readonly at: number,
    private readonly similarities: Similarities,
  ) {}

  of(item: RunItem): ItemRow {
    const row = this.made.get(item) ?? this.make(item);
    this.made.set(item, row);
    return row;
  }

  private make(item: RunItem): ItemRow {
    const pair = pairOf(item, this.at);
    return {
      id: item.id,
      prompt: promptOf(item).slice(0, PROMPT),
      isAsked: item.state !== 'queued',
      sides: sidesOf(pair),
      isFlip: isFlip(pair),
      difference: sayFirstDifference(pair),
      similarity: this.similarities.of(pair),
      tokens: sayTokens(pair),
      ...sayNumbers(item),
    };
  }
}

function sidesOf(pair: ItemPair): readonly RowSide[] {
  return (['baseline', 'derivative'] as const).map((tone) => {
    const answer = pair[tone];
    return { tone, line: firstLine(answer), hasFailed: (answer?.error ?? null) !== null, check: sayCheck(answer) };
  });
}
