import { jest } from '@jest/globals';
import { Fault } from '@tandem/api/faults';
import { AnswerQuota, type Client, Departures } from '@tandem/api/http';
import { lastValueFrom } from 'rxjs';
import type { CompletionSource } from './completion-source';
import { RunRegistry } from './run-registry';
import type { Target } from './target';

const MINUTE = 60_000;
const CLIENT: Client = { key: 'one', owner: 'one', role: 'anyone' };
const OTHER: Client = { key: 'other', owner: 'other', role: 'anyone' };
const request = { messages: [{ role: 'user' as const, content: 'Hi' }], parameters: {} };

function setup({ limit = 0 } = {}) {
  const departures = new Departures();
  const quota = Object.assign(new AnswerQuota(), { limit });
  const registry = new RunRegistry(departures, quota);
  const open = (complete: CompletionSource['complete']) => registry.open({ card: { id: 'm' }, defaults: {}, source: { complete } } as Target, request);
  const answered = async (text: string) => {
    const run = open(async (_, sink) => {
      sink.text(text);
      return { finishReason: 'stop' };
    });
    await lastValueFrom(run.follow());
    return run;
  };
  const endless = () => open((_, __, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve({ finishReason: 'cancelled' }))));
  const opened = (client: Client) => registry.admit(endlessTarget, request, new AbortController().signal, { client, graceMs: MINUTE });
  return { registry, departures, answered, endless, opened };
}

const endlessTarget = {
  card: { id: 'm' },
  defaults: {},
  source: {
    complete: (_: unknown, __: unknown, signal: AbortSignal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ finishReason: 'cancelled' }))),
  },
} as unknown as Target;

describe('RunRegistry', () => {
  it('gives a run to who opened it, and to nobody else', async () => {
    const { registry, opened } = setup();
    const run = await opened(CLIENT);
    expect(registry.get(run.id, { ...CLIENT, key: 'the same, from elsewhere' })).toBe(run);
    expect(registry.find(run.id, OTHER)).toBeUndefined();
    expect(() => registry.get(run.id, OTHER)).toThrow(expect.objectContaining({ code: 'stream_not_found' }));
  });

  it('counts an answer that goes on without its client until it ends', async () => {
    const { opened } = setup({ limit: 1 });
    const run = await opened(CLIENT);
    run.follow().subscribe().unsubscribe();
    await expect(opened(CLIENT)).rejects.toThrow(expect.objectContaining({ code: 'rate_limited' }));
    await opened(OTHER);
    run.stop();
    await run.ended;
    await opened(CLIENT);
  });

  it('gives the place back where the source refuses', async () => {
    const { registry, opened } = setup({ limit: 1 });
    const full = { admit: () => Promise.reject(new Fault('queue_full', 'Full.')) } as unknown as CompletionSource;
    await expect(registry.admit({ ...endlessTarget, source: full }, request, new AbortController().signal, { client: CLIENT })).rejects.toThrow('Full.');
    await opened(CLIENT);
  });

  it('ends the runs of a client that may not go on', async () => {
    const { departures, opened } = setup();
    const [gone, other] = [await opened({ ...CLIENT, session: 'a' }), await opened({ ...CLIENT, session: 'b' })];
    const last = lastValueFrom(gone.follow());
    other.follow().subscribe();
    departures.tell(({ session }) => session === 'a');
    expect((await last).frame).toMatchObject({ done: true, error: { code: 'unauthorized' } });
    expect(other.isRunning).toBe(true);
    other.stop();
  });

  it('keeps an answer for five minutes after its end', async () => {
    const { registry, answered } = setup();
    const run = await answered('text');
    registry.sweep(performance.now() + 4 * MINUTE);
    expect(registry.find(run.id, CLIENT)).toBe(run);
    registry.sweep(performance.now() + 6 * MINUTE);
    expect(registry.find(run.id, CLIENT)).toBeUndefined();
  });

  it.each([
    ['days ahead', 5],
    ['days back', -5],
  ])('keeps an answer when the clock of the machine is set %s', async (_, days) => {
    const { registry, answered } = setup();
    const run = await answered('text');
    const set = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + days * 24 * 60 * MINUTE);
    const later = await answered('more');
    registry.sweep();
    set.mockRestore();
    registry.sweep();
    expect([run, later].map(({ id }) => registry.find(id, CLIENT))).toEqual([run, later]);
  });

  it('forgets an answer in time although the clock of the machine was set back', async () => {
    const { registry, answered } = setup();
    const set = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5 * 24 * 60 * MINUTE);
    const run = await answered('text');
    set.mockRestore();
    registry.sweep(performance.now() + 6 * MINUTE);
    expect(registry.find(run.id, CLIENT)).toBeUndefined();
  });

  it('keeps an answer that is being made, however long it takes', () => {
    const { registry, endless } = setup();
    const run = endless();
    const watching = run.follow().subscribe();
    registry.sweep(performance.now() + 60 * MINUTE);
    expect(registry.find(run.id, CLIENT)).toBe(run);
    watching.unsubscribe();
  });

  it('forgets one that nobody ever followed', () => {
    const { registry, endless } = setup();
    const run = endless();
    registry.sweep(performance.now() + 6 * MINUTE);
    expect(registry.find(run.id, CLIENT)).toBeUndefined();
  });

  it('forgets the oldest answers early when they are too much to keep', async () => {
    const { registry, answered } = setup();
    const runs = [];
    for (let count = 0; count < 6; count += 1) runs.push(await answered('x'.repeat(12_000_000)));
    registry.sweep();
    expect(runs.map(({ id }) => registry.find(id, CLIENT) !== undefined)).toEqual([false, true, true, true, true, true]);
  });

  it('forgets the oldest of very many', async () => {
    const { registry, answered } = setup();
    const runs = [];
    for (let count = 0; count < 5_002; count += 1) runs.push(await answered('x'));
    registry.sweep();
    expect(runs.slice(0, 3).map(({ id }) => registry.find(id, CLIENT) !== undefined)).toEqual([false, false, true]);
  });

  it('tells of every answer when it has ended, and of every refusal', async () => {
    const { registry, answered } = setup();
    const [ended, refused]: [string[], string[]] = [[], []];
    registry.endings.subscribe(({ id, outcome }) => ended.push(`${id} ${outcome?.finish_reason}`));
    registry.refusals.subscribe(({ model, fault }) => refused.push(`${model} ${fault.code}`));
    const { id } = await answered('text');
    const full = { admit: () => Promise.reject(new Fault('queue_full', 'Full.')) };
    await expect(registry.admit({ card: { id: 'm' }, defaults: {}, source: full } as unknown as Target, request, new AbortController().signal)).rejects.toThrow(
      'Full.',
    );
    expect([ended, refused]).toEqual([[`${id} stop`], ['m queue_full']]);
  });

  it('closes when what it has taken has ended, and takes nothing more', async () => {
    const { registry, endless } = setup();
    const run = endless();
    const watching = run.follow().subscribe();
    let isClosed = false;
    const closing = registry.drain(60_000).then(() => (isClosed = true));
    await expect(registry.admit({ card: { id: 'm' } } as Target, request, new AbortController().signal)).rejects.toThrow(
      expect.objectContaining({ code: 'server_restarting' }),
    );
    expect(isClosed).toBe(false);
    watching.unsubscribe();
    await closing;
    expect(run.outcome?.finish_reason).toBe('cancelled');
  });

  it('does not wait longer than it may', async () => {
    const { registry, endless } = setup();
    const run = endless();
    const watching = run.follow().subscribe();
    await registry.drain(30);
    expect(run.isRunning).toBe(true);
    watching.unsubscribe();
  });

  it('says which stream is not there', () => {
    expect(() => setup().registry.get('beef', CLIENT)).toThrow(expect.objectContaining({ code: 'stream_not_found', param: 'stream_id' }));
  });

  it('ends what is running with a fault that may be retried', async () => {
    const { registry, endless } = setup();
    const run = endless();
    const last = lastValueFrom(run.follow());
    await registry.destroy(1000);
    expect((await last).frame).toMatchObject({ done: true, error: { code: 'server_restarting', retryable: true } });
  });
});
