import { Injectable } from '@nestjs/common';
import type { RunCard, RunFindings, RunItem } from '@tandem/shared/contracts';
import { type ItemQuery, RunItems } from './run-items';
import { RunRecords } from './run-records';
import type { RunRequestDto } from './run-requests.dto';
import { RunStarter } from './run-starter';
import { FindingsOfRuns } from './findings-of-runs';

/** What can be read of runs, and what makes and removes them. All reject with a `Fault`. */
@Injectable()
export class RunBook {
  constructor(
    private readonly starter: RunStarter,
    private readonly records: RunRecords,
    private readonly allItems: RunItems,
    private readonly findings: FindingsOfRuns,
  ) {}

  start(request: RunRequestDto): Promise<RunCard> {
    return this.starter.start(request);
  }

  list(cursor: string | undefined, limit: number): Promise<{ readonly rows: readonly RunCard[]; readonly next: string | null }> {
    return this.records.list(cursor, limit);
  }

  async card(id: string): Promise<RunCard> {
    return (await this.records.get(id)).card;
  }

  async withSummary(id: string): Promise<RunCard & { readonly summary: RunFindings }> {
    const run = await this.records.get(id);
    return { ...run.card, summary: await this.findings.of(run) };
  }

  async items(id: string, query: ItemQuery): Promise<{ readonly rows: readonly RunItem[]; readonly next: string | null }> {
    const { spec } = await this.records.get(id);
    return this.allItems.page(id, spec, query);
  }

  remove(id: string): Promise<void> {
    return this.records.remove(id);
  }
}
