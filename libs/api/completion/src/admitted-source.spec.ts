import type { CompletionSource } from './completion-source';
import { collect, completionRequest } from './testing';
import { AdmittedSource } from './admitted-source';

const request = completionRequest();

function setup(complete: CompletionSource['complete'] = async () => ({ finishReason: 'stop' })) {
  const left = new AbortController();
  let returned = 0;
  const source = new AdmittedSource({ complete }, () => (returned += 1), left.signal);
  return { source, left, returned: () => returned, answer: (signal = new AbortController().signal) => source.complete(request, collect(), signal) };
}

describe('AdmittedSource', () => {
  it('gives its place back when its completion ends', async () => {
    const { answer, returned } = setup();
    const end = answer();
    expect(returned()).toBe(0);
    await end;
    expect(returned()).toBe(1);
  });

  it('gives it back when its completion fails', async () => {
    const { answer, returned } = setup(() => Promise.reject(new Error('crash')));
    await expect(answer()).rejects.toThrow('crash');
    expect(returned()).toBe(1);
  });

  it('gives it back when the one who asked left before it began, and then never begins', async () => {
    const { left, answer, returned } = setup(() => Promise.reject(new Error('asked')));
    left.abort();
    expect(returned()).toBe(1);
    await expect(answer()).resolves.toEqual({ finishReason: 'cancelled' });
  });

  it('keeps it when the connection is lost while it answers: whether that stops the answer is not its own to decide', async () => {
    let finish: () => void = () => undefined;
    const { left, answer, returned } = setup(() => new Promise((resolve) => (finish = () => resolve({ finishReason: 'stop' }))));
    const end = answer();
    left.abort();
    expect(returned()).toBe(0);
    finish();
    await end;
    expect(returned()).toBe(1);
  });
});
