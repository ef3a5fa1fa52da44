import { RequestQueue } from './request-queue';

function setup(running: number, waiting: number) {
  const queue = new RequestQueue({ running, waiting }, (runs, waits) => new Error(`${runs} run, ${waits} wait`));
  /** Takes a slot and notes what it is told. */
  const take = () => {
    const slot = queue.take();
    const seen: (number | 'turn')[] = [];
    slot.watch((position) => seen.push(position));
    void slot.turn.then(() => seen.push('turn'));
    return { slot, seen };
  };
  return { queue, take };
}

/** Until everything that is settled has been told. */
const told = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a request queue', () => {
  it('lets as many run at once as it may, and has the others wait in order', async () => {
    const { take } = setup(1, 2);
    const [first, second, third] = [take(), take(), take()];
    await told();
    expect([first.seen, second.seen, third.seen]).toEqual([['turn'], [1], [2]]);
    first.slot.giveBack();
    await told();
    expect([second.seen, third.seen]).toEqual([
      [1, 'turn'],
      [2, 1],
    ]);
  });

  it('refuses those beyond, and says how many there are', () => {
    const { queue, take } = setup(1, 1);
    take();
    take();
    expect(() => queue.take()).toThrow('1 run, 1 wait');
  });

  it('takes one instead of another that gave its slot back, which counts once', () => {
    const { queue, take } = setup(2, 0);
    const { slot } = take();
    take();
    slot.giveBack();
    slot.giveBack();
    take();
    expect(() => queue.take()).toThrow('2 run, 0 wait');
  });

  it('moves up those behind one that leaves before its turn, which never comes', async () => {
    const { take } = setup(1, 2);
    const [first, second, third] = [take(), take(), take()];
    second.slot.giveBack();
    await told();
    expect(third.seen).toEqual([2, 1]);
    first.slot.giveBack();
    await told();
    expect([second.seen, third.seen]).toEqual([[1], [2, 1, 'turn']]);
  });
});
