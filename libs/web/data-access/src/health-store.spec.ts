import { TestBed } from '@angular/core/testing';
import { HealthStore } from './health-store';

/** The browser's own is not in jsdom: this one is told what the server sends. */
class ScriptedSource {
  static readonly CLOSED = 2;
  static last: ScriptedSource;
  readyState = 1;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onerror?: () => void;

  constructor(readonly url: string) {
    ScriptedSource.last = this;
  }

  send(event: unknown): void {
    this.onmessage?.({ data: typeof event === 'string' ? event : JSON.stringify(event) });
  }
}

const report = (model: string, status: string) => ({ model, status, healthy: status === 'healthy' });

function setup() {
  const asked: string[] = [];
  const server = { answers: true };
  globalThis.EventSource = ScriptedSource as unknown as typeof EventSource;
  globalThis.fetch = async (path) => {
    asked.push(String(path));
    if (!server.answers) throw new TypeError('Failed to fetch');
    return { ok: true, json: async () => ({ ...report('a', 'loading'), models: [] }) } as Response;
  };
  const store = TestBed.inject(HealthStore);
  store.follow();
  const source = ScriptedSource.last;
  source.onopen?.();
  return { store, source, asked, server };
}

describe('HealthStore', () => {
  it('keeps the last report of each model', () => {
    const { store, source } = setup();
    source.send(report('a', 'healthy'));
    source.send(report('b', 'unknown'));
    source.send(report('a', 'unhealthy'));
    expect([...store.reports()].map(([model, { status }]) => [model, status])).toEqual([
      ['a', 'unhealthy'],
      ['b', 'unknown'],
    ]);
  });

  it.each(['', 'no JSON', 'null', '{"status":"healthy"}', '{"model":"a"}'])('goes on after what is no report: %s', (data) => {
    const { store, source } = setup();
    source.send(data);
    source.send(report('a', 'healthy'));
    expect(store.reports().get('a')?.status).toBe('healthy');
    expect(store.reports().size).toBe(1);
  });

  it('claims to know nothing while the server cannot be heard, and all of it again afterwards', () => {
    const { store, source } = setup();
    source.send(report('a', 'healthy'));
    source.onerror?.();
    expect([store.isConnected(), store.reports().size]).toEqual([false, 0]);
    source.onopen?.();
    source.send(report('a', 'healthy'));
    expect([store.isConnected(), store.reports().size]).toEqual([true, 1]);
  });

  it('has one model looked at, and takes what was found', async () => {
    const { store, asked } = setup();
    await store.check('org/a b');
    expect(asked).toContain('health-check?model=org%2Fa%20b');
    expect(store.reports().get('a')?.status).toBe('loading');
  });

  it('keeps what it knows where that look fails', async () => {
    const { store, source, server } = setup();
    source.send(report('a', 'healthy'));
    server.answers = false;
    await store.check('a');
    expect(store.reports().get('a')?.status).toBe('healthy');
  });
});
