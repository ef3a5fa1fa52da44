import { Injectable } from '@nestjs/common';
import { sendAttachment } from '@tandem/api/http';
import type { RunItem } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { RunItems } from '../runs/run-items';
import { type KeptRun, RunRecords } from '../runs/run-records';
import type { ExportFormat } from '../runs/run-requests.dto';
import { FindingsOfRuns } from '../runs/findings-of-runs';
import { csvHead, csvRow } from './run-csv';
import { htmlEnd, htmlFlips, htmlHead, htmlItem } from './run-html';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson',
  csv: 'text/csv',
  html: 'text/html',
};
const PAGE = 100;

/** A whole run as a file, read and sent page by page. */
@Injectable()
export class RunExport {
  constructor(
    private readonly records: RunRecords,
    private readonly items: RunItems,
    private readonly findings: FindingsOfRuns,
  ) {}

  /** @throws Fault before the first byte */
  async send(id: string, format: ExportFormat, response: Response): Promise<void> {
    const run = await this.records.get(id);
    const head = await this.headOf(run, format);
    const first = await this.items.page(id, run.spec, { sort: 'id', limit: PAGE });
    await sendAttachment(response, { type: TYPES[format], name: `run-${id}.${format}`, pieces: this.pieces(run, format, head, first) });
  }

  private async *pieces(run: KeptRun, format: ExportFormat, head: string, first: Awaited<ReturnType<RunItems['page']>>): AsyncGenerator<string> {
    yield head;
    for (let page = first; ;) {
      yield page.rows.map((item) => rowOf(item, run, format)).join('');
      if (page.next === null) break;
      page = await this.items.page(run.card.id, run.spec, { sort: 'id', limit: PAGE, cursor: page.next });
    }
    if (format === 'html') yield htmlEnd();
  }

  private async headOf(run: KeptRun, format: ExportFormat): Promise<string> {
    switch (format) {
      case 'jsonl':
        return '';
      case 'csv':
        return csvHead(run.spec.models.length);
      case 'html': {
        const flips = await this.items.page(run.card.id, run.spec, { sort: 'id', filter: 'flips', limit: PAGE });
        return htmlHead(run.card, await this.findings.of(run)) + htmlFlips(flips.rows, flips.next !== null);
      }
      default:
        return format satisfies never;
    }
  }
}

function rowOf(item: RunItem, { spec }: KeptRun, format: ExportFormat): string {
  switch (format) {
    case 'jsonl':
      return `${JSON.stringify(item)}\n`;
    case 'csv':
      return csvRow(item, spec.models);
    case 'html':
      return htmlItem(item);
    default:
      return format satisfies never;
  }
}
