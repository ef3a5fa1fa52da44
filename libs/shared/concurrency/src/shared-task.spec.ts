import { SharedTask } from './shared-task';

function setup() {
  let finish: (result: string) => void = () => undefined;
  let tell: (news: number) => void = () => undefined;
  let stopped: unknown;
  const task = new SharedTask<string, number>(
    (signal, onNews) => {
      tell = onNews;
      return new Promise((resolve, reject) => {
        finish = resolve;
        signal.addEventListener('abort', () => {
          stopped = signal.reason;
          reject(new Error('stopped'));
        });
      });
    },
    () => new Error('nobody waits'),
  );
  return { task, finish: (result: string) => finish(result), tell: (news: number) => tell(news), reason: () => stopped };
}

const never = new AbortController().signal;

describe('a shared task', () => {
  it('gives one result to all who wait, and the last news to whoever comes later', async () => {
    const { task, finish, tell } = setup();
    const [early, late]: number[][] = [[], []];
    const first = task.join((news) => early?.push(news), never);
    tell(1);
    tell(2);
    const second = task.join((news) => late?.push(news), never);
    finish('done');
    expect([await first, await second, early, late]).toEqual(['done', 'done', [1, 2], [2]]);
  });

  it('goes on while anyone waits, and tells nothing to one who left', async () => {
    const { task, finish, tell, reason } = setup();
    const leaving = new AbortController();
    const told: number[] = [];
    const left = task.join((news) => told.push(news), leaving.signal);
    const stays = task.join(() => undefined, never);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    tell(1);
    finish('done');
    await expect(stays).resolves.toBe('done');
    expect([told, reason(), task.isStopping]).toEqual([[], undefined, false]);
  });

  it('is stopped when the last one leaves, who waits until it is over', async () => {
    const { task, reason } = setup();
    const leaving = new AbortController();
    const left = task.join(() => undefined, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect([task.isStopping, (reason() as Error).message]).toEqual([true, 'nobody waits']);
    await expect(task.done).rejects.toThrow('stopped');
  });

  it('is not stopped any more once it is over', async () => {
    const { task, finish } = setup();
    finish('done');
    await task.done;
    await new Promise((resolve) => setImmediate(resolve));
    const leaving = new AbortController();
    const left = task.join(() => undefined, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(task.isStopping).toBe(false);
    await expect(task.join(() => undefined, never)).resolves.toBe('done');
  });

  it('is not joined by one who left before', async () => {
    const { task, finish } = setup();
    await expect(task.join(() => undefined, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    finish('done');
    await expect(task.join(() => undefined, never)).resolves.toBe('done');
  });
});
