import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { RunItem } from '@tandem/shared/contracts';
import { closeAfterEach } from '@tandem/testing';
import express from 'express';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import type { ExportFormat } from '../runs/run-requests.dto';
import { RunSummaries } from '../runs/run-summaries';
import { FindingsOfRuns } from '../runs/findings-of-runs';
import { answerOf } from '../testing/answer-of';
import { keptRun } from '../testing/kept-run';
import { pairVotes } from '../testing/people-votes';
import { RunExport } from './run-export';

const defer = closeAfterEach();

beforeEach(() => Logger.overrideLogger(false));

async function setup(store: Store, prompts: number) {
  const run = await keptRun(store, { prompts: Array.from({ length: prompts }, (_, n) => ({ id: `p${n}`, prompt: `prompt ${n}` })) });
  const { records, items, id, finish } = run;
  await finish(0, [answerOf('a', 'yes'), answerOf('b', 'no')]);
  const exports = new RunExport(records, items, new FindingsOfRuns(new RunSummaries(items), pairVotes()));
  const thrown: unknown[] = [];
  const app = express().get('/:id/:format', (request, response) => {
    const { id: of, format } = request.params;
    exports.send(of, format as ExportFormat, response).catch((reason: unknown) => {
      thrown.push(reason);
      response.status(500).end();
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const get = (format: ExportFormat, of = id) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${of}/${format}`);
  return { ...run, get, thrown };
}

describeOverDatabases('a run as a file', [EVALUATIONS_SCHEMA], (open) => {
  it.each<[ExportFormat, string]>([
    ['jsonl', 'application/x-ndjson; charset=utf-8'],
    ['csv', 'text/csv; charset=utf-8'],
    ['html', 'text/html; charset=utf-8'],
  ])('is an attachment with its name, and kept by nobody: %s', async (format, type) => {
    const { get, id } = await setup(open(), 1);
    const { headers } = await get(format);
    expect(['content-type', 'content-disposition', 'cache-control'].map((name) => headers.get(name))).toEqual([
      type,
      `attachment; filename="run-${id}.${format}"`,
      'no-store',
    ]);
  });

  it.each([1, 100, 101, 200, 250])('has every item of %d once, in order', async (prompts) => {
    const { get, items, spec, id } = await setup(open(), prompts);
    const lines = (await (await get('jsonl')).text()).split('\n');
    expect(lines.pop()).toBe('');
    const found = lines.map((line) => JSON.parse(line) as RunItem);
    expect(found.map((item) => item.id)).toEqual(Array.from({ length: prompts }, (_, n) => `p${n}:1`));
    expect(found.slice(0, 100)).toEqual((await items.page(id, spec, { sort: 'id', limit: 100 })).rows);
    expect((await (await get('csv')).text()).trimEnd().split('\n')).toHaveLength(prompts + 1);
    const page = await (await get('html')).text();
    expect(page.match(/<article id=/g)).toHaveLength(prompts);
    expect(page.endsWith('</body></html>\n')).toBe(true);
  });

  it('fails before its first byte where there is no such run', async () => {
    const { get, thrown } = await setup(open(), 1);
    expect((await get('csv', 'nowhere')).status).toBe(500);
    expect(thrown).toMatchObject([{ code: 'not_found' }]);
  });

  it('breaks off where the rest cannot be read, so that nobody takes it for whole', async () => {
    const { get, items, thrown } = await setup(open(), 101);
    const { page } = items;
    let pages = 0;
    items.page = async (...asked) => {
      if (++pages > 1) throw new Error('gone');
      return page.apply(items, asked);
    };
    await expect(get('jsonl').then((answer) => answer.text())).rejects.toThrow();
    expect(pages).toBe(2);
    expect(thrown).toEqual([]);
  });
});
