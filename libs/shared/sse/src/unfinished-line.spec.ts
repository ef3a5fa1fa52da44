import { UnfinishedLine } from './unfinished-line';

describe('UnfinishedLine', () => {
  it('gives back all that was added, once', () => {
    const line = new UnfinishedLine();
    const pieces = Array.from({ length: 3_000 }, (_, n) => `${n},`);
    for (const piece of pieces) line.add(piece);
    expect(line.length).toBe(pieces.join('').length);
    expect(line.take()).toBe(pieces.join(''));
    expect(line.take()).toBe('');
    expect(line.length).toBe(0);
  });
});
