import { jest } from '@jest/globals';
import type { FromEngine } from '@tandem/shared/engine-protocol';
import { FrameOutbox } from './frame-outbox';

const FRAME_MS = 16;
const text = (id: number, said: string): FromEngine => ({ type: 'text', id, text: said });
const thought = (id: number, said: string): FromEngine => ({ type: 'text', id, text: said, reasoning: true });
const call = (id: number): FromEngine => ({ type: 'call', id, index: 0, callId: 'c', name: 'n', arguments: '{}' });
const end: FromEngine = {
  type: 'end',
  id: 1,
  finishReason: 'stop',
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  cachedTokens: 0,
  queueMs: 0,
  tokensPerSecond: null,
};

describe('FrameOutbox', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'clearImmediate'] }));
  afterEach(() => void jest.useRealTimers());

  function setup() {
    const batches: (readonly FromEngine[])[] = [];
    const outbox = new FrameOutbox(
      (batch) => batches.push(batch),
      // it stands still: the next frame is always to come
      () => 0,
    );
    return { batches, outbox, turn: () => new Promise((resolve) => setImmediate(resolve)) };
  }

  it('gives out the first piece of every answer in the same turn, however soon it comes', async () => {
    const { batches, outbox, turn } = setup();
    outbox.post(text(1, 'a'));
    await turn();
    outbox.post(text(2, 'b'));
    await turn();
    outbox.post(thought(2, 'c'));
    await turn();
    expect(batches).toEqual([[text(1, 'a')], [text(2, 'b')], [thought(2, 'c')]]);
  });

  it('collects what comes faster than a frame, all of one answer as one piece', async () => {
    const { batches, outbox, turn } = setup();
    outbox.post(text(1, 'a'));
    outbox.post(text(2, 'A'));
    await turn();
    for (const letter of ['b', 'c']) {
      outbox.post(text(1, letter));
      outbox.post(text(2, letter.toUpperCase()));
      await turn();
    }
    expect(batches).toHaveLength(1);
    jest.advanceTimersByTime(FRAME_MS);
    expect(batches[1]).toEqual([text(1, 'bc'), text(2, 'BC')]);
  });

  it('has nothing overtaken, and takes what waits along with what does not', async () => {
    const { batches, outbox, turn } = setup();
    outbox.post(text(1, 'a'));
    await turn();
    outbox.post(text(1, 'b'));
    outbox.post(call(1));
    outbox.post(text(1, 'c'));
    outbox.post(end);
    await turn();
    expect(batches.slice(1)).toEqual([[text(1, 'b'), call(1), text(1, 'c'), end]]);
  });

  it('begins anew with an answer that has the number of one that ended', async () => {
    const { batches, outbox, turn } = setup();
    for (const message of [text(1, 'a'), end, text(1, 'b')]) {
      outbox.post(message);
      await turn();
    }
    expect(batches).toEqual([[text(1, 'a')], [end], [text(1, 'b')]]);
  });

  it('gives out what waits when it is told to', async () => {
    const { batches, outbox, turn } = setup();
    outbox.post(text(1, 'a'));
    await turn();
    outbox.post(text(1, 'b'));
    outbox.flush();
    outbox.flush();
    expect(batches).toEqual([[text(1, 'a')], [text(1, 'b')]]);
  });
});
