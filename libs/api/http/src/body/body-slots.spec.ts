import { BodySlots } from './body-slots';

function setup(slots: number, perClient: number) {
  const all = new BodySlots(slots, perClient);
  const taken: string[] = [];
  const take = (name: string) => all.take(name.split(' ', 1)[0] ?? '', () => void taken.push(name));
  return { taken, take };
}

describe('BodySlots', () => {
  it('leaves slots for others than the one that waits first', () => {
    const { taken, take } = setup(3, 2);
    const [first] = ['one 1', 'one 2', 'one 3', 'other 1'].map(take);
    expect(taken).toEqual(['one 1', 'one 2', 'other 1']);
    first?.leave();
    expect(taken).toEqual(['one 1', 'one 2', 'other 1', 'one 3']);
  });

  it('gives a slot to who has waited longest', () => {
    const { taken, take } = setup(1, 1);
    const [first] = ['one', 'two', 'three'].map(take);
    first?.leave();
    expect(taken).toEqual(['one', 'two']);
  });

  it('gives none to who has given up waiting, and each slot back once', () => {
    const { taken, take } = setup(1, 1);
    const [first, second] = ['one', 'two', 'three'].map(take);
    second?.leave();
    first?.leave();
    first?.leave();
    take('four');
    expect(taken).toEqual(['one', 'three']);
  });
});
