import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { RunItem } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { RunItems } from '../runs/run-items';
import { type KeptRun, RunRecords } from '../runs/run-records';
import type { ExportFormat } from '../runs/run-requests.dto';
import { RunSummaries } from '../runs/run-summaries';
import { csvHead, csvRow } from './run-csv';
import { htmlEnd, htmlHead, htmlItem } from './run-html';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};
const PAGE = 100;

/** A whole run as a file, read and sent page by page. */
@Injectable()
export class RunExport {
  constructor(
    private readonly records: RunRecords,
    private readonly items: RunItems,
    private readonly summaries: RunSummaries,
  ) {}

  /** @throws Fault before the first byte */
  async send(id: string, format: ExportFormat, response: Response): Promise<void> {
    const run = await this.records.get(id);
    const head = await this.headOf(run, format);
    let page = await this.items.page(id, run.spec, { sort: 'id', limit: PAGE });
    response.set({ 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="run-${id}.${format}"`, 'Cache-Control': 'no-store' });
    response.write(head);
    try {
      for (;;) {
        const text = page.rows.map((item) => rowOf(item, run, format)).join('');
        if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        if (page.next === null || response.destroyed) break;
        page = await this.items.page(id, run.spec, { sort: 'id', limit: PAGE, cursor: page.next });
      }
      response.end(format === 'html' ? htmlEnd() : '');
    } catch (thrown) {
      // the head is gone: a file that ends before its end must not look whole
      response.destroy(thrown as Error);
    }
  }

  private async headOf(run: KeptRun, format: ExportFormat): Promise<string> {
    switch (format) {
      case 'jsonl':
        return '';
      case 'csv':
        return csvHead(run.spec.models.length);
      case 'html':
        return htmlHead(run.card, await this.summaries.of(run));
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
