import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chatEvent, closeAfterEach } from '@tandem/testing';
import { RunsOf } from './testing/runs';
import { startServer } from './testing/start-server';

const defer = closeAfterEach();

type Sign = 'A' | 'B';
/** How a judge says which one is better, by what the prompt of the set is called. */
const WORDINGS: Readonly<Record<string, (better: Sign) => string>> = {
  plain: (better) => `[[${better}]]`,
  reasoned: (better) => `At first [[${better === 'A' ? 'B' : 'A'}]] looks right, but it is not.\n\nSo it is:\n[[${better}]]\n`,
  lower: (better) => `verdict: [[${better.toLowerCase()}]]`,
  bold: (better) => `Both are short.\n**Final verdict: ${better}**`,
  bare: (better) => `Answer ${better}.`,
  tie: () => '[[TIE]]',
  first: () => '[[A]]',
  wordy: () => 'It depends on what is asked for, A and B alike.',
  silent: () => '',
};

/** Says "good" or "bad" as a model, by its name; as a judge finds the good one better, whichever place it stands in. */
async function startModels() {
  const orders: string[] = [];
  const answer = (model: string, messages: readonly { content: string }[]): string => {
    const prompt = messages.at(-1)?.content ?? '';
    if (model !== 'judge') return model;
    const name = /^user: (\w+)$/m.exec(prompt)?.[1] ?? '';
    const better = /<answer_a>\ngood\n/.test(prompt) ? 'A' : 'B';
    orders.push(`${name} ${better}`);
    return WORDINGS[name]?.(better) ?? '';
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'GET')
      return void response
        .setHeader('Content-Type', 'application/json')
        .end(JSON.stringify({ object: 'list', data: ['good', 'bad', 'judge'].map((id) => ({ id })) }));
    const { model, messages } = JSON.parse(body) as { model: string; messages: { content: string }[] };
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(`${chatEvent(answer(model, messages))}${chatEvent(null, 'stop')}data: [DONE]\n\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  defer(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { orders, endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('a judge is asked in both orders, understood in many words, and disagrees with itself into a tie', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-judge-'));
  defer(async () => rmSync(folder, { recursive: true, force: true }));
  const { endpoint, orders } = await startModels();
  const entry = (id: string) => ({ id, name: id, endpoint: `${endpoint}/${id}`, protocol: 'openai-chat', model: id });
  const server = await startServer(folder, {
    BASELINE_MODELS: JSON.stringify([entry('bad'), entry('judge')]),
    TWODELTA_MODELS: JSON.stringify([entry('good')]),
  });
  defer(() => server.stop());
  const runs = new RunsOf(() => server.origin);
  const names = Object.keys(WORDINGS);
  const prompt_set = await runs.keep(names.map((name) => ({ id: name, prompt: name, check: { type: 'judge', value: 'judge' } })));
  const { id } = await runs.start({ baseline: 'bad', derivative: 'good', prompt_set });
  const { state, summary } = await runs.over(id);
  expect(orders.toSorted()).toEqual(names.flatMap((name) => [`${name} A`, `${name} B`]).toSorted());
  const winners = Object.fromEntries((await runs.items(id)).map((item) => [item.id.replace(':1', ''), item.verdicts[0]?.winner ?? null]));
  expect(winners).toEqual({
    ...Object.fromEntries(['plain', 'reasoned', 'lower', 'bold', 'bare'].map((name) => [name, 'derivative'])),
    ...{ tie: 'tie', first: 'tie', wordy: null, silent: null },
  });
  expect([state, summary.votes?.counts, summary.votes?.win_rate]).toEqual(['done', { baseline: 0, derivative: 5, tie: 2 }, 1]);
});
