import { FrameLog } from './frame-log';

const token = (text: string) => ({ token: text, done: false }) as const;

describe('FrameLog', () => {
  it('gives the frames after a number, and none after the last', () => {
    const log = new FrameLog();
    for (const text of ['a', 'b', 'c']) log.add(token(text));
    expect(log.after(1).map(({ json }) => JSON.parse(json).token)).toEqual(['b', 'c']);
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

  it('keeps what belongs to a frame beside it, as long as the frame', () => {
    const log = new FrameLog(400);
    for (let count = 0; count < 20; count += 1) log.add(token(String(count)), `aside ${count + 1}`);
    expect(log.reaches(0)).toBe(false);
    expect(log.asideOf(1)).toBe('');
    expect(log.asideOf(20)).toBe('aside 20');
    expect(log.after(0).some(({ json }) => json.includes('aside'))).toBe(false);
    expect(log.characters).toBeLessThanOrEqual(400);
  });
});
