import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import { TestBed } from '@angular/core/testing';
import { divergenceOf, scoreOf } from '../testing/divergence';
import { Divergences } from './divergences';
import { type ScoringTask } from './scoring-task';

const DIVERGENCE = divergenceOf(scoreOf('a', [['x', 0.5]]), scoreOf('b', [['x', 0.25]]));
const task = (text: string): ScoringTask => ({ baseline: 'a', derivative: 'b', messages: [{ role: 'user', content: 'Hi' }], text });
const event = (data: object): Uint8Array => new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`);

interface Asked {
  readonly body: ScoringTask & { readonly top_logprobs: number };
  readonly isStopped: () => boolean;
  tell(data: object): void;
}

/** A server whose answers a test gives, one after the other. */
function setup() {
  const asked: Asked[] = [];
  globalThis.fetch = async (_, init) => {
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
    asked.push({
      body: JSON.parse(String(init?.body)),
      isStopped: () => init?.signal?.aborted ?? false,
      tell: (data) => controller.enqueue(event(data)),
    });
    return { ok: true, status: 200, body } as unknown as Response;
  };
  return { store: TestBed.inject(Divergences), asked };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('Divergences', () => {
  it('scores one text after the other, tells how far it is, and keeps what came', async () => {
    const { store, asked } = setup();
    store.score([task('one'), task('two')]);
    await settle();
    expect(asked.map(({ body }) => body)).toEqual([{ ...task('one'), top_logprobs: 32 }]);
    expect(store.stateOf(task('two'))()).toEqual({ kind: 'waiting' });
    asked[0]?.tell({ done: false, progress: 0.4 });
    await settle();
    expect(store.stateOf(task('one'))()).toEqual({ kind: 'scoring', progress: 0.4 });
    asked[0]?.tell({ done: true, divergence: DIVERGENCE });
    await settle();
    expect(store.stateOf(task('one'))()).toMatchObject({ kind: 'done', divergence: { comparable: true } });
    expect(asked[1]?.body.text).toBe('two');
  });

  it('does not ask again for what is there, or on its way', async () => {
    const { store, asked } = setup();
    store.score([task('one')]);
    store.score([task('one')]);
    await settle();
    asked[0]?.tell({ done: true, divergence: DIVERGENCE });
    await settle();
    store.score([task('one')]);
    await settle();
    expect(asked.length).toBe(1);
  });

  it('says why a text could not be scored, goes on with the next, and asks again where it is told to', async () => {
    const { store, asked } = setup();
    store.score([task('one'), task('two')]);
    await settle();
    asked[0]?.tell({ done: true, error: { code: 'model_unloaded', message: 'It was unloaded.', retryable: true } });
    await settle();
    expect(store.stateOf(task('one'))()).toMatchObject({ kind: 'failed', fault: { code: 'model_unloaded' } });
    expect(asked.length).toBe(2);
    store.score([task('one')]);
    expect(store.stateOf(task('one'))()).toEqual({ kind: 'waiting' });
  });

  it('stops on the server what nobody wants any more, and can be asked anew', async () => {
    const { store, asked } = setup();
    store.score([task('one'), task('two')]);
    await settle();
    store.stop([task('two'), task('one')]);
    await settle();
    expect([asked.length, asked[0]?.isStopped()]).toEqual([1, true]);
    expect([store.stateOf(task('one'))(), store.stateOf(task('two'))()]).toEqual([{ kind: 'idle' }, { kind: 'idle' }]);
    store.score([task('one')]);
    await settle();
    expect(asked.length).toBe(2);
  });
});
