import { FrameBatch } from './frame-batch';

function setup() {
  const handed: (readonly string[])[] = [];
  const paints: (() => void)[] = [];
  const batch = new FrameBatch<string>(
    (pieces) => handed.push(pieces),
    (callback) => paints.push(callback),
  );
  return { batch, handed, paint: () => paints.splice(0).forEach((callback) => callback()) };
}

describe('FrameBatch', () => {
  it('hands on everything that came before a paint at once', () => {
    const { batch, handed, paint } = setup();
    batch.add(['a']);
    batch.add(['b', 'c']);
    expect(handed).toEqual([]);
    paint();
    expect(handed).toEqual([['a', 'b', 'c']]);
  });

  it('hands nothing on twice when it is flushed before the paint', () => {
    const { batch, handed, paint } = setup();
    batch.add(['a']);
    batch.flush();
    paint();
    expect(handed).toEqual([['a']]);
  });

  it('goes on after a paint', () => {
    const { batch, handed, paint } = setup();
    batch.add(['a']);
    paint();
    batch.add(['b']);
    paint();
    expect(handed).toEqual([['a'], ['b']]);
  });
});
