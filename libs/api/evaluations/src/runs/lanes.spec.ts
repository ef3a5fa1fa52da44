import type { Target } from '@tandem/api/completion';
import { closeAfterEach } from '@tandem/testing';
import { lanesOf } from '../testing/lanes-of';
import { scriptedModels } from '../testing/scripted-models';

const defer = closeAfterEach();
const target = (id: string, place: 'local' | 'remote' = 'remote') => ({ card: { id, place } }) as Target;
/** What is there to be done at once is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function setup() {
  const { asked: _, resolver } = scriptedModels({});
  const { lanes, people, close } = lanesOf(resolver);
  defer(close);
  const running: { readonly model: string; readonly end: () => void; readonly fail: (thrown: Error) => void; readonly signal: AbortSignal }[] = [];
  const leave = new AbortController();
  const use = (of: Target, signal = leave.signal) =>
    lanes.use(
      of,
      signal,
      (stopped) =>
        new Promise<string>((resolve, fail) => {
          const work = { model: of.card.id, signal: stopped, end: () => resolve('done'), fail };
          running.push(work);
          stopped.addEventListener('abort', () => fail(stopped.reason as Error), { once: true });
        }),
    );
  /** A person who waits for that model. */
  const wait = (of: Target) => {
    const run = people.open({ ...of, defaults: {}, source: { complete: waiting } }, { messages: [{ role: 'user', content: 'Hi' }], parameters: {} });
    const following = run.follow().subscribe();
    return async () => {
      following.unsubscribe();
      await run.ended;
    };
  };
  return { lanes, running, use, wait, leave };
}

const waiting: Target['source']['complete'] = (_, sink, signal) => {
  sink.phase('queued');
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ finishReason: 'cancelled' })));
};

describe('Lanes', () => {
  it('have four answers of a model made at once, asked for one after the other or all together', async () => {
    const { running, use } = setup();
    const works = Array.from({ length: 10 }, () => use(target('a')));
    await settled();
    expect(running).toHaveLength(4);
    running[1]?.end();
    await settled();
    expect(running).toHaveLength(5);
    for (let at = 0; at < 10; at++) {
      running[at]?.end();
      await settled();
    }
    expect(await Promise.all(works)).toEqual(Array(10).fill('done'));
  });

  it('hold no model up for another', async () => {
    const { running, use } = setup();
    for (const id of ['a', 'a', 'a', 'a', 'a', 'b', 'b']) void use(target(id)).catch(() => undefined);
    await settled();
    expect(running.map(({ model }) => model)).toEqual(['a', 'a', 'a', 'a', 'b', 'b']);
  });

  it('begin in the order in which it was asked', async () => {
    const { lanes, running, use } = setup();
    for (let n = 0; n < 4; n++) void use(target('a')).catch(() => undefined);
    const begun: number[] = [];
    const works = [0, 1, 2].map((n) => lanes.use(target('a'), new AbortController().signal, async () => void begun.push(n)));
    await settled();
    expect(begun).toEqual([]);
    running[0]?.end();
    await Promise.all(works);
    expect(begun).toEqual([0, 1, 2]);
  });

  it('give the place of what failed to the next', async () => {
    const { running, use } = setup();
    const works = Array.from({ length: 5 }, () => use(target('a')));
    await settled();
    const thrown = new Error('no');
    running[0]?.fail(thrown);
    await expect(works[0]).rejects.toBe(thrown);
    await settled();
    expect(running).toHaveLength(5);
    for (const work of running) work.end();
    await Promise.all(works.slice(1));
  });

  it('let go of who does not wait any longer, and of nobody else', async () => {
    const { running, use, leave } = setup();
    const works = Array.from({ length: 4 }, () => use(target('a'), new AbortController().signal));
    const left = use(target('a'));
    const stays = use(target('a'), new AbortController().signal);
    await settled();
    const reason = new Error('gone');
    leave.abort(reason);
    await expect(left).rejects.toBe(reason);
    for (const work of running) work.end();
    await settled();
    expect(running).toHaveLength(5);
    running[4]?.end();
    expect(await Promise.all([...works, stays])).toEqual(Array(5).fill('done'));
  });

  it('take nothing of who has left before', async () => {
    const { running, use, leave } = setup();
    leave.abort(new Error('gone'));
    await expect(use(target('a'))).rejects.toThrow('gone');
    expect(running).toEqual([]);
  });

  it('stop what began last while a person waits, begin nothing, and do it again when nobody waits', async () => {
    const { running, use, wait } = setup();
    const works = [use(target('a')), use(target('a'))];
    await settled();
    const isStopped = new Promise((resolve) => running[1]?.signal.addEventListener('abort', resolve));
    const leave = wait(target('a'));
    await isStopped;
    expect(running[0]?.signal.aborted).toBe(false);
    running[0]?.end();
    expect(await works[0]).toBe('done');
    await settled();
    expect(running).toHaveLength(2);
    const begun = new Promise<void>((resolve) => {
      const { push } = running;
      running.push = (...added) => {
        resolve();
        return push.apply(running, added);
      };
    });
    await leave();
    await begun;
    running[2]?.end();
    expect(await works[1]).toBe('done');
  });

  it('stop the only work, too', async () => {
    const { running, use, wait } = setup();
    void use(target('a')).catch(() => undefined);
    await settled();
    const isStopped = new Promise((resolve) => running[0]?.signal.addEventListener('abort', resolve));
    const leave = wait(target('a'));
    await isStopped;
    await leave();
  });

  it('go on with a server that nobody waits for, and take local models for one place', async () => {
    const { running, use, wait } = setup();
    for (const model of [target('a', 'local'), target('b'), target('c', 'local')]) void use(model).catch(() => undefined);
    await settled();
    const stopped = Promise.race(running.map(({ model, signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(model)))));
    const leave = wait(target('a', 'local'));
    expect(await stopped).toBe('c');
    expect(running.slice(0, 2).map(({ signal }) => signal.aborted)).toEqual([false, false]);
    await leave();
  });
});
