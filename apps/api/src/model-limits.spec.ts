import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamFrame } from '@tandem/shared/contracts';
import { chatEvent, chunk, closeAfterEach, EVENT_STREAM_HEAD, openDeafPort, startMisbehavingServer, until } from '@tandem/testing';
import { startHeldModel } from './testing/held-model';
import { type RunningServer, startServer } from './testing/start-server';

const closing = closeAfterEach();

async function setup(models: readonly object[], environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-model-limits-'));
  closing(() => rm(folder, { recursive: true, force: true }));
  const configure = (entries: readonly object[]) =>
    writeFile(join(folder, 'config.json'), JSON.stringify({ baseline_models: entries, twodelta_models: [], allow_shrink: true }));
  await configure(models);
  const server = await startServer(folder, { HEALTH_INTERVAL_SECONDS: '86400', ...environment });
  closing(() => server.stop());
  const refresh = () => fetch(`${server.origin}/api/config/refresh`, { method: 'POST' });
  return { server, configure, refresh };
}

async function held() {
  const model = await startHeldModel();
  closing(() => model.close());
  return model;
}

/** A model server that says one word and then nothing, or a word now and then. */
async function unending(everyMs = 0) {
  const server = await startMisbehavingServer(async (connection) => {
    await connection.write(Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('word '))]));
    if (everyMs === 0) return;
    const timer = setInterval(() => void connection.write(chunk(chatEvent('word '))), everyMs);
    void connection.closedByClient.then(() => clearInterval(timer));
  });
  closing(() => server.close());
  return { server, endpoint: `127.0.0.1:${server.port}` };
}

const entryOf = (id: string, endpoint: string, more: object = {}) => ({ id, name: id, endpoint, protocol: 'openai-chat', model: 'held', ...more });
const ask = (server: RunningServer, model: string) =>
  fetch(`${server.origin}/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ model, prompt: 'x' }) });
const framesOf = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);

describe('a model that gives eight answers at once', () => {
  it('lets others wait and says their place, refuses those beyond, and keeps no other model from answering', async () => {
    const [narrow, other] = [await held(), await held()];
    other.finish();
    const { server } = await setup([entryOf('narrow', narrow.endpoint, { max_concurrency: 8, max_waiting: 40 }), entryOf('other', other.endpoint)]);
    const responses = await Promise.all(Array.from({ length: 200 }, () => ask(server, 'narrow')));
    const refused = responses.filter(({ status }) => status === 503);
    expect(refused).toHaveLength(152);
    expect(refused.every((response) => Number(response.headers.get('retry-after')) > 0)).toBe(true);
    expect(await refused[0]?.json()).toMatchObject({ error: { code: 'queue_full', retryable: true } });
    await Promise.all(refused.slice(1).map((response) => response.text()));
    const texts = responses.filter(({ status }) => status === 200).map((response) => response.text());
    await until(() => narrow.asked() === 8);
    expect(await (await ask(server, 'other')).text()).toContain('far');
    expect(narrow.asked()).toBe(8);
    narrow.finish();
    const answers = (await Promise.all(texts)).map(framesOf);
    expect(answers).toHaveLength(48);
    expect(answers.every((frames) => frames.some((frame) => JSON.stringify(frame).includes('far')))).toBe(true);
    const positions = answers.flatMap((frames) => frames.flatMap((frame) => /"position":(\d+)/.exec(JSON.stringify(frame))?.[1] ?? []));
    expect(Math.max(...positions.map(Number))).toBe(40);
    expect(narrow.asked()).toBe(48);
  });

  it('is every model, where the environment says so', async () => {
    const model = await held();
    const { server } = await setup([entryOf('m', model.endpoint, { max_waiting: 0 })], { UPSTREAM_MAX_CONCURRENCY: '1' });
    const first = await ask(server, 'm');
    expect((await ask(server, 'm')).status).toBe(503);
    model.finish();
    expect(await first.text()).toContain('far');
  });
});

describe('a deadline of one model', () => {
  it('ends its silence, and not that of another', async () => {
    const [quick, patient] = [await unending(), await held()];
    const { server } = await setup([entryOf('quick', quick.endpoint, { deadlines: { silence_ms: 300 } }), entryOf('patient', patient.endpoint)]);
    const other = await ask(server, 'patient');
    const text = await (await ask(server, 'quick')).text();
    expect(text).toContain('upstream_idle');
    expect(text).toContain('word ');
    patient.finish();
    expect(await other.text()).toContain('far');
  });

  it('ends an answer that goes on and on, and keeps its text', async () => {
    const model = await unending(50);
    const { server } = await setup([entryOf('m', model.endpoint, { deadlines: { total_ms: 5_000 } })]);
    const text = await (await ask(server, 'm')).text();
    expect(text).toContain('upstream_timeout');
    expect(text).toContain('word ');
    await until(() => model.server.openConnections === 0);
  });

  it('ends the wait for its first byte, and lets go of its connection', async () => {
    const silent = await startMisbehavingServer(() => undefined);
    closing(() => silent.close());
    const endpoint = `127.0.0.1:${silent.port}`;
    const models = [entryOf('quick', endpoint, { deadlines: { headers_ms: 3_000 } }), entryOf('patient', endpoint)];
    const { server } = await setup(models, { SHUTDOWN_GRACE_SECONDS: '0' });
    const patient = await ask(server, 'patient');
    let hasPatientEnded = false;
    void patient
      .text()
      .then(() => (hasPatientEnded = true))
      .catch(() => undefined);
    const asked = () => silent.requests.filter((request) => request.startsWith('POST'));
    await until(() => asked().length === 1);
    const [end] = framesOf(await (await ask(server, 'quick')).text());
    expect(end).toMatchObject({ done: true, error: { code: 'upstream_timeout', retryable: true } });
    await until(() => asked().length === 2);
    expect(hasPatientEnded).toBe(false);
    const place = silent.requests.findLastIndex((request) => request.startsWith('POST'));
    await (
      await silent.arrival(place + 1)
    ).closedByClient;
  });

  it('ends the wait for a connection', async () => {
    const { port, close } = await openDeafPort();
    closing(close);
    // with the deadline of the environment the answer would come too late for this test
    const { server } = await setup([entryOf('m', `127.0.0.1:${port}`, { deadlines: { connect_ms: 400 } })], { UPSTREAM_CONNECT_SECONDS: '60' });
    const [end] = framesOf(await (await ask(server, 'm')).text());
    expect(end).toMatchObject({ done: true, error: { code: 'upstream_unreachable', message: expect.stringContaining('in time') } });
  });

  it('comes from the environment where the entry names none', async () => {
    const model = await unending();
    const { server } = await setup([entryOf('m', model.endpoint)], { UPSTREAM_SILENCE_SECONDS: '1' });
    expect(await (await ask(server, 'm')).text()).toContain('upstream_idle');
  });
});
