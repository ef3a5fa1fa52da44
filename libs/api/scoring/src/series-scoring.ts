import { Injectable } from '@nestjs/common';
import type { DivergenceSeries, SeriesPoint } from '@tandem/shared/contracts';
import { measureSeriesPoint } from '@tandem/shared/measures';
import { BaselineReading, type OnProgress, bufferFor, type ScoredPair } from './baseline-reading';
import { placeOf, type Scorer, Scorers } from './scorers';
import { DivergenceRequestDto } from './scoring-requests.dto';
import type { SeriesRequestDto } from './series-request.dto';
import { textOf } from './text-scoring';

/** How far each of several models is from one baseline, over the same texts. Rejects with a `Fault`, whose `param` is the field at fault. */
@Injectable()
export class SeriesScoring {
  constructor(private readonly scorers: Scorers) {}

  /** The baseline reads each text once. One model after the other reads them all, so that each is loaded once. */
  async measure({ baseline, derivatives, texts }: SeriesRequestDto, onProgress: OnProgress, signal: AbortSignal): Promise<DivergenceSeries> {
    const ours = await this.scorers.findScaled(baseline, 'baseline');
    const others: Scorer[] = [];
    for (const [index, derivative] of derivatives.entries()) others.push(await this.scorers.findScaled(derivative, `derivatives[${index}]`));
    const steps = new Steps((1 + others.length) * texts.length, onProgress);
    const buffer = await bufferFor([ours, ...others], signal);
    try {
      const readings: BaselineReading[] = [];
      for (const [place, asked] of texts.entries()) {
        const text = { ...textOf(asked), told: DivergenceRequestDto.alternatives, ...(buffer && { keep: { buffer: buffer.id, place } }) };
        readings.push(await steps.take((tell) => BaselineReading.of(ours, text, tell, signal)));
      }
      const points: SeriesPoint[] = [];
      for (const other of others) {
        const pairs: ScoredPair[] = [];
        for (const reading of readings) pairs.push(await steps.take((tell) => reading.compare(other, tell, signal)));
        points.push({ ...placeOf(other), ...measureSeriesPoint(pairs) });
      }
      return { baseline: placeOf(ours), texts: texts.length, points };
    } finally {
      await buffer?.close();
    }
  }
}

/** Tells how much of several pieces of work is done, as if each were as long as the others. */
class Steps {
  private done = 0;

  constructor(
    private readonly count: number,
    private readonly onProgress: OnProgress,
  ) {}

  async take<Result>(work: (tell: OnProgress) => Promise<Result>): Promise<Result> {
    const result = await work((share) => this.onProgress((this.done + share) / this.count));
    this.done++;
    return result;
  }
}
