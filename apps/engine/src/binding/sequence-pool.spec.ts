import type { LlamaContextSequence } from 'node-llama-cpp';
import { SequencePool } from './sequence-pool';

function setup(count: number) {
  const sequences = Array.from({ length: count }, (_, index) => ({ index }) as unknown as LlamaContextSequence);
  const pool = new SequencePool(sequences);
  const stop = new AbortController();
  const positions: number[] = [];
  const wait = (signal = stop.signal) => pool.acquire(signal, (position) => positions.push(position));
  return { pool, sequences, stop, positions, wait };
}

describe('SequencePool', () => {
  it('lends what is free at once, without a place in line', async () => {
    const { sequences, positions, wait } = setup(2);
    expect([await wait(), await wait()]).toEqual(sequences);
    expect(positions).toEqual([]);
  });

  it('serves those who wait in their order, and tells them how they move up', async () => {
    const { pool, positions, wait } = setup(1);
    const held = await wait();
    const order: string[] = [];
    const first = wait().then(() => order.push('first'));
    const second = wait().then(() => order.push('second'));
    pool.release(held);
    await first;
    pool.release(held);
    await second;
    expect(order).toEqual(['first', 'second']);
    expect(positions).toEqual([1, 2, 1]);
  });

  it('forgets who stopped waiting', async () => {
    const { pool, positions, wait } = setup(1);
    const held = await wait();
    const impatient = new AbortController();
    const left = wait(impatient.signal);
    const patient = wait();
    impatient.abort(new Error('stopped'));
    await expect(left).rejects.toThrow('stopped');
    expect(positions).toEqual([1, 2, 1]);
    pool.release(held);
    await expect(patient).resolves.toBe(held);
  });

  it('refuses when too many wait', async () => {
    const { wait } = setup(0);
    for (let waiting = 0; waiting < 32; waiting++) void wait().catch(() => undefined);
    await expect(wait()).rejects.toMatchObject({ code: 'queue_full', retryable: true });
  });
});
