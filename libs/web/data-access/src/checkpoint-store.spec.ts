import { TestBed } from '@angular/core/testing';
import { CheckpointStore } from './checkpoint-store';

/** The browser's own is not in jsdom: this one is told what the server sends. */
class ScriptedSource {
  static readonly CLOSED = 2;
  static last: ScriptedSource;
  static opened = 0;
  readyState = 1;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onerror?: () => void;

  constructor(readonly url: string) {
    ScriptedSource.last = this;
    ScriptedSource.opened += 1;
  }

  send(event: unknown): void {
    this.onmessage?.({ data: typeof event === 'string' ? event : JSON.stringify(event) });
  }
}

const loaded = { name: 'sft/a.gguf', status: 'loaded', loaded: true, progress: 1, memory_mb: 27 };

function setup() {
  const asked: string[] = [];
  const answers: Record<string, { ok: boolean; body: unknown }> = {};
  globalThis.EventSource = ScriptedSource as unknown as typeof EventSource;
  globalThis.fetch = async (path, { method } = {}) => {
    asked.push(`${method ?? 'GET'} ${String(path)}`);
    const { ok, body } = answers[String(path)] ?? { ok: true, body: { models: [], total_mb: 100, available_mb: 60 } };
    return { ok, status: ok ? 200 : 409, json: async () => body } as Response;
  };
  const store = TestBed.inject(CheckpointStore);
  ScriptedSource.opened = 0;
  store.follow();
  const source = ScriptedSource.last;
  source.onopen?.();
  return { store, source, asked, answers };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('CheckpointStore', () => {
  it('opens one connection, however many follow', () => {
    const { store } = setup();
    store.follow();
    expect(ScriptedSource.opened).toBe(1);
  });

  it('knows what the server said last of each model', () => {
    const { store, source } = setup();
    source.send({ type: 'status', status: { ...loaded, status: 'loading', progress: 0.4 } });
    source.send({ type: 'status', status: loaded });
    expect(store.statuses().get('sft/a.gguf')?.status).toBe('loaded');
  });

  it.each(['not json', 'null', '{"type":"status"}', '{"type":"news"}'])('goes on after a frame that it cannot read: %s', (frame) => {
    const { store, source } = setup();
    source.send(frame);
    source.send({ type: 'status', status: loaded });
    expect(store.statuses().size).toBe(1);
  });

  it('measures the memory again when a model was loaded', async () => {
    const { store, source, asked } = setup();
    await settled();
    const before = asked.length;
    source.send({ type: 'status', status: loaded });
    await settled();
    expect(asked.slice(before)).toEqual(['GET api/memory']);
    expect(store.memory()?.total_mb).toBe(100);
  });

  it('asks for the models again when files changed', async () => {
    const { source, asked } = setup();
    source.send({ type: 'list' });
    await settled();
    expect(asked).toEqual(expect.arrayContaining(['GET api/models', 'GET api/checkpoints']));
  });

  it.each([
    ['a conversion ends', ['converting', 'loading'], 1],
    ['a conversion is stopped', ['converting', 'unloaded'], 1],
    ['a load fails', ['loading', 'failed'], 1],
    ['one that failed is tried again', ['failed', 'loading'], 2],
    ['a load goes on as usual', ['loading', 'loading', 'loaded', 'unloading', 'unloaded'], 0],
    ['a conversion goes on', ['converting', 'converting'], 0],
  ])('asks for the models again when %s', async (_, states, times) => {
    const { source, asked } = setup();
    await settled();
    for (const status of states) {
      source.send({ type: 'status', status: { ...loaded, status } });
      await settled();
    }
    expect(asked.filter((path) => path === 'GET api/checkpoints')).toHaveLength(times);
  });

  it('forgets what it knew when the connection was opened anew', () => {
    const { store, source } = setup();
    source.send({ type: 'status', status: loaded });
    source.onopen?.();
    expect(store.statuses().size).toBe(0);
  });

  it('acts on a name with slashes and other letters, and gives back why that was refused', async () => {
    const { store, asked, answers } = setup();
    expect(await store.load('sft/my model?.gguf')).toBeUndefined();
    expect(asked).toContain('POST api/models/sft/my%20model%3F.gguf/load');
    answers['api/models/sft/a.gguf/unload'] = { ok: false, body: { error: { code: 'conflict', message: 'It is answering.', retryable: false } } };
    expect(await store.unload('sft/a.gguf')).toMatchObject({ code: 'conflict', message: 'It is answering.' });
    await store.cancel('sft/a.gguf');
    await store.unload('sft/a.gguf', true);
    expect(asked).toEqual(expect.arrayContaining(['DELETE api/models/sft/a.gguf/load', 'POST api/models/sft/a.gguf/unload?force=true']));
  });
});
