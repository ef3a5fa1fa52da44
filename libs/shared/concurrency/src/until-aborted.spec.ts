import { untilAborted } from './until-aborted';

describe('untilAborted', () => {
  it('gives what the work gives, or what it fails with', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });

  it('rejects with the reason of a signal that is aborted first, or was before', async () => {
    const leaving = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), leaving.signal);
    leaving.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    await expect(untilAborted(Promise.resolve(), leaving.signal)).rejects.toThrow('left');
  });
});
