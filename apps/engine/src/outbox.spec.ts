import type { FromEngine } from '@tandem/shared/engine-protocol';
import { Outbox } from './outbox';

describe('Outbox', () => {
  it('sends what is said in one turn as one batch, with neighbouring text of one answer joined', async () => {
    const batches: (readonly FromEngine[])[] = [];
    const outbox = new Outbox((batch) => batches.push(batch));
    outbox.post({ type: 'text', id: 1, text: 'a' });
    outbox.post({ type: 'text', id: 1, text: 'b' });
    outbox.post({ type: 'text', id: 2, text: 'c' });
    outbox.post({ type: 'text', id: 1, text: 'd' });
    outbox.post({ type: 'text', id: 1, text: 'e', reasoning: true });
    outbox.post({ type: 'text', id: 1, text: 'f', reasoning: true });
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([
      [
        { type: 'text', id: 1, text: 'ab' },
        { type: 'text', id: 2, text: 'c' },
        { type: 'text', id: 1, text: 'd' },
        { type: 'text', id: 1, text: 'ef', reasoning: true },
      ],
    ]);
  });

  it('passes a batch on as it is, at once, behind what waits', () => {
    const batches: (readonly FromEngine[])[] = [];
    const outbox = new Outbox((batch) => batches.push(batch));
    const batch: FromEngine[] = [{ type: 'text', id: 1, text: 'b' }];
    outbox.post({ type: 'text', id: 1, text: 'a' });
    outbox.pass(batch);
    outbox.pass([]);
    expect(batches).toEqual([[{ type: 'text', id: 1, text: 'a' }], batch]);
    expect(batches[1]).toBe(batch);
  });
});
