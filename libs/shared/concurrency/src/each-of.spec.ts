import { eachOf } from './each-of';

function setup(most: number, items: Iterable<string> | AsyncIterable<string>) {
  const ends = new Map<string, { end: () => void; fail: (error: Error) => void }>();
  const begun: string[] = [];
  const work = (item: string) => {
    begun.push(item);
    return new Promise<void>((resolve, reject) => ends.set(item, { end: resolve, fail: reject }));
  };
  const done = eachOf(items, most, work);
  done.catch(() => undefined);
  return { begun, done, end: (item: string) => ends.get(item)?.end(), fail: (item: string) => ends.get(item)?.fail(new Error(`${item} failed`)) };
}

/** Until everything that is settled has been heard of. */
const heard = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('work on each of many', () => {
  it('goes on for so many at once, in their order', async () => {
    const { begun, done, end } = setup(2, ['a', 'b', 'c']);
    await heard();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    await heard();
    expect(begun).toEqual(['a', 'b', 'c']);
    end('a');
    end('c');
    await expect(done).resolves.toBeUndefined();
  });

  it('asks for an item only when there is room for it', async () => {
    const asked: string[] = [];
    async function* items(): AsyncIterable<string> {
      for (const item of ['a', 'b', 'c']) {
        asked.push(item);
        yield item;
      }
    }
    const { end } = setup(1, items());
    await heard();
    expect(asked).toEqual(['a']);
    end('a');
    await heard();
    expect(asked).toEqual(['a', 'b']);
  });

  it('begins nothing after a failure, and tells it once what was begun has ended', async () => {
    const { begun, done, end, fail } = setup(2, ['a', 'b', 'c', 'd']);
    let isOver = false;
    void done.catch(() => undefined).then(() => (isOver = true));
    await heard();
    fail('a');
    await heard();
    expect([begun, isOver]).toEqual([['a', 'b'], false]);
    end('b');
    await expect(done).rejects.toThrow('a failed');
    expect(begun).toEqual(['a', 'b']);
  });

  it('is over at once where there is nothing', async () => {
    await expect(setup(3, []).done).resolves.toBeUndefined();
  });
});
