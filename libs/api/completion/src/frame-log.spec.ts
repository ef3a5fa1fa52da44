import type { StreamFrame } from '@tandem/shared/contracts';
import { FrameLog } from './frame-log';

const token = (text: string) => ({ token: text, done: false }) as const;

describe('FrameLog', () => {
  it('gives the frames after a number, and none after the last', () => {
    const log = new FrameLog();
    for (const text of ['a', 'b', 'c']) log.add(token(text));
    expect(log.after(1).map(({ frame }) => frame.token)).toEqual(['b', 'c']);
    expect(log.after(3)).toEqual([]);
  });

  it('drops the oldest when it holds too much, and knows how far back it reaches', () => {
    const log = new FrameLog(100);
    for (let count = 0; count < 20; count += 1) log.add(token(String(count)));
    expect(log.lastNumber).toBe(20);
    expect(log.characters).toBeLessThanOrEqual(100);
    expect(log.reaches(0)).toBe(false);
    expect(log.reaches(19)).toBe(true);
    expect(log.after(0).at(-1)).toMatchObject({ number: 20 });
  });

  it('keeps how likely the tokens of a frame were beside it, as long as the frame', () => {
    const log = new FrameLog(1_000);
    for (let count = 0; count < 20; count += 1) log.add(token(String(count)), [{ token: String(count), logprob: -1, bytes: null, top_logprobs: [] }]);
    expect(log.reaches(0)).toBe(false);
    expect(log.logprobsOf(1)).toEqual([]);
    expect(log.logprobsOf(20)).toMatchObject([{ token: '19' }]);
    expect(JSON.stringify(log.after(0))).not.toContain('logprob');
    expect(log.characters).toBeLessThanOrEqual(1_000);
  });

  it('gives every kind of frame as it was added', () => {
    const log = new FrameLog();
    const frames: readonly StreamFrame[] = [
      { token: '', done: false, phase: 'queued', position: 1 },
      { token: 'Hm.', done: false, reasoning: true },
      token(''),
      token('a'),
      { token: '', done: false, tool_call: { index: 0, arguments: '{}' } },
    ];
    for (const frame of frames) log.add(frame);
    expect(frames.map((_, n) => log.at(n + 1))).toEqual(frames);
    expect(log.after(0).map(({ frame }) => frame)).toEqual(frames);
  });

  it('gives no frame in the place of one that is not kept', () => {
    const log = new FrameLog();
    log.add(token('a'));
    expect(log.at(1)).toEqual(token('a'));
    expect(() => log.at(2)).toThrow(/not kept/);
  });
});
