import { Component, computed, input } from '@angular/core';
import type { PairMeasures, RunSummary } from '@tandem/shared/contracts';
import { sayNats, sayP, sayPlain, sayShare, sayWinRate } from './say-figures';

const WIDTH = 400;
const EDGE = 8;

interface Line {
  readonly name: string;
  readonly tone: 'baseline' | 'derivative';
  readonly words: string;
  readonly y: number;
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** One picture each for a pair: how often which side was right or better, where they flip, and how far they diverge. The table beside them has every figure. */
@Component({
  selector: 'tandem-run-pictures',
  templateUrl: './pictures.html',
  styleUrl: './pictures.css',
})
export class RunPictures {
  readonly summary = input.required<RunSummary>();
  /** Which of the pairs. */
  readonly at = input(0);
  /** Whether the run measures divergence at all. */
  readonly isScored = input(false);
  readonly titleOf = input.required<(id: string) => string>();

  protected readonly pair = computed<PairMeasures | undefined>(() => this.summary().pairs[this.at()]);
  protected readonly width = WIDTH;
  protected readonly edge = EDGE;
  protected readonly middle = WIDTH / 2;

  /** Shares with their intervals: what passed its checks, and how often the judge preferred the derivative. */
  protected readonly lines = computed<readonly Line[]>(() => {
    const { measures } = this.summary();
    const pair = this.pair();
    const passed = [measures[0], measures.find(({ model }) => model === pair?.model)].flatMap((side, place): Omit<Line, 'y'>[] => {
      if (!side?.pass_rate) return [];
      const { value, interval } = side.pass_rate;
      const tone = place === 0 ? 'baseline' : 'derivative';
      return [{ name: `passed, ${this.titleOf()(side.model)}`, tone, words: sayShare(value), ...spanOf(value, interval) }];
    });
    const rate = pair?.votes?.win_rate ?? null;
    const won: Omit<Line, 'y'>[] =
      !pair?.votes || rate === null
        ? []
        : [{ name: 'preferred by the judge', tone: 'derivative', words: sayWinRate(pair.votes).value, ...spanOf(rate, pair.votes.interval) }];
    return [...passed, ...won].map((line, place) => ({ ...line, y: 16 + place * 40 }));
  });

  protected readonly flips = computed(() => {
    const pair = this.pair();
    if (!pair || pair.flips.n === 0) return undefined;
    const { flips, mcnemar, holm } = pair;
    const most = Math.max(mcnemar.b, mcnemar.c, 1);
    const reach = WIDTH / 2 - 40;
    const p = this.summary().pairs.length > 1 ? `${sayP(mcnemar.p)}, by Holm ${sayP(holm)}` : sayP(mcnemar.p);
    return { ...mcnemar, left: (mcnemar.b / most) * reach, right: (mcnemar.c / most) * reach, n: flips.n, count: flips.count, p };
  });

  protected readonly histogram = computed(() => {
    const spread = this.pair()?.divergence_histogram;
    if (!spread) return undefined;
    const most = Math.max(1, ...spread.counts);
    const step = (WIDTH - 2 * EDGE) / spread.counts.length;
    const bars = spread.counts.map((count, bin) => ({
      ...{ count, x: EDGE + bin * step, width: step - 2, height: (count / most) * 72 },
      words: `${sayNats(bin * spread.bin_width)} to ${sayNats((bin + 1) * spread.bin_width)} nats: ${count}`,
    }));
    const mean = this.pair()?.divergence ?? null;
    return { bars, top: sayPlain(spread.counts.length * spread.bin_width), mean: mean === null ? '' : `mean ≥ ${sayNats(mean.value)}` };
  });
}

function spanOf(value: number, interval: { readonly low: number; readonly high: number } | null): Pick<Line, 'at' | 'low' | 'high'> {
  return { at: xOf(value), low: xOf(interval?.low ?? value), high: xOf(interval?.high ?? value) };
}

function xOf(share: number): number {
  return EDGE + share * (WIDTH - 2 * EDGE);
}
