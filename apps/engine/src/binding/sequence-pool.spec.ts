import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { type Lease, SequencePool } from './sequence-pool';

/** Sequences that hold what `states` say. */
function setup(...states: number[][]) {
  const sequences = states.map((contextTokens) => ({ contextTokens }) as unknown as LlamaContextSequence);
  const pool = new SequencePool(sequences);
  const stop = new AbortController();
  const positions: number[] = [];
  const wait = (tokens: number[] = [], conversation: string | null = null, signal = stop.signal) =>
    pool.acquire({ tokens, conversation, owner: 'someone' }, signal, (position) => positions.push(position));
  return { pool, sequences, stop, positions, wait };
}

describe('SequencePool', () => {
  it('lends what is free at once, without a place in line', async () => {
    const { sequences, positions, wait } = setup([], []);
    const lent = [await wait(), await wait()];
    expect(new Set(lent.map(({ sequence }) => sequence))).toEqual(new Set(sequences));
    expect(positions).toEqual([]);
  });

  it('serves those who wait in their order, and tells them how they move up', async () => {
    const { pool, positions, wait } = setup([]);
    const held = await wait();
    const order: string[] = [];
    const noted = (name: string) => (lease: Lease) => {
      order.push(name);
      return lease;
    };
    const first = wait().then(noted('first'));
    const second = wait().then(noted('second'));
    pool.release(held);
    pool.release(await first);
    await second;
    expect(order).toEqual(['first', 'second']);
    expect(positions).toEqual([1, 2, 1]);
  });

  it('forgets who stopped waiting', async () => {
    const { pool, positions, wait } = setup([]);
    const held = await wait();
    const impatient = new AbortController();
    const left = wait([], null, impatient.signal);
    const patient = wait();
    impatient.abort(new Error('stopped'));
    await expect(left).rejects.toThrow('stopped');
    expect(positions).toEqual([1, 2, 1]);
    pool.release(held);
    expect((await patient).sequence).toBe(held.sequence);
  });

  it('refuses when too many wait', async () => {
    const { wait } = setup();
    for (let waiting = 0; waiting < 32; waiting++) void wait().catch(() => undefined);
    await expect(wait()).rejects.toMatchObject({ code: 'queue_full', retryable: true });
  });

  describe('with state from earlier prompts', () => {
    const tokens = (...values: number[]) => values as Token[];

    it('lends the sequence that continues a prompt, with what it holds', async () => {
      const { sequences, wait } = setup([], [1, 2]);
      expect(await wait([1, 2, 3])).toMatchObject({ sequence: sequences[1], kept: tokens(1, 2) });
    });

    it('lends the least recently used one where none fits', async () => {
      const { pool, sequences, wait } = setup([7], [8], [9]);
      const [one, two, three] = [await wait([7]), await wait([8]), await wait([9])];
      [two, three, one].forEach((lease) => pool.release(lease));
      expect((await wait([5])).sequence).toBe(sequences[1]);
    });

    it('does not lend what a conversation left once that is forgotten', async () => {
      const { pool, wait } = setup([1, 2]);
      pool.release(await wait([1, 2], 'mine'));
      pool.forget({ conversation: 'other', owner: 'someone' });
      pool.forget({ conversation: 'mine', owner: 'someone else' });
      pool.forget({ conversation: null, owner: 'someone else' });
      const again = await wait([1, 2, 3], 'mine');
      expect(again.kept).toEqual([1, 2]);
      pool.forget({ conversation: 'mine', owner: 'someone' });
      pool.release(again);
      const later = await wait([1, 2, 3], 'mine');
      expect(later.kept).toEqual([]);
      pool.release(later);
      pool.forget({ conversation: null, owner: 'someone' });
      expect((await wait([1, 2, 3])).kept).toEqual([]);
    });

    it('does not lend what a failure left', async () => {
      const { pool, wait } = setup([1, 2]);
      pool.release(await wait([1, 2]), false);
      expect((await wait([1, 2, 3])).kept).toEqual([]);
    });
  });
});
