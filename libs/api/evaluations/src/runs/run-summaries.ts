import { Injectable } from '@nestjs/common';
import type { RunSummary } from '@tandem/shared/contracts';
import { RunItems } from './run-items';
import type { KeptRun } from './run-records';
import { summaryOf } from './summary';

/** Summaries that are kept until their runs know more. */
const KEPT = 20;

interface Known {
  readonly asked: number;
  readonly summary: Promise<RunSummary>;
}

/** What runs found so far, found out once for each number of items that were asked. */
@Injectable()
export class RunSummaries {
  private readonly known = new Map<string, Known>();

  constructor(private readonly items: RunItems) {}

  of({ card: { id, counts }, spec }: KeptRun): Promise<RunSummary> {
    const asked = counts.done + counts.failed;
    const there = this.known.get(id);
    if (there?.asked === asked) return there.summary;
    const summary = this.items.figures(id).then((figures) => summaryOf(spec.models, figures));
    summary.catch(() => this.known.delete(id));
    this.known.delete(id);
    this.known.set(id, { asked, summary });
    const [oldest] = this.known.keys();
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest);
    return summary;
  }
}
