import { Lockstep } from './lockstep';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function setup() {
  const steps: string[] = [];
  const lockstep = new Lockstep();
  const join = (name: string) => {
    const participant = lockstep.join(name.charCodeAt(0));
    return { turn: () => void participant.turn().then(() => steps.push(name)), leave: () => participant.leave() };
  };
  return { steps, join };
}

describe('Lockstep', () => {
  it('starts at once for one alone', async () => {
    const { steps, join } = setup();
    join('a').turn();
    await settled();
    expect(steps).toEqual(['a']);
  });

  it('starts everyone in the same moment, when the last is ready', async () => {
    const { steps, join } = setup();
    const [a, b] = [join('a'), join('b')];
    a.turn();
    await settled();
    expect(steps).toEqual([]);
    b.turn();
    await settled();
    expect(steps).toEqual(['a', 'b']);
  });

  it('starts them in the order of their sequences, whoever was ready first', async () => {
    const { steps, join } = setup();
    const [a, b, c] = [join('a'), join('b'), join('c')];
    for (const participant of [c, a, b]) participant.turn();
    await settled();
    expect(steps).toEqual(['a', 'b', 'c']);
  });

  it('waits no longer for one that left', async () => {
    const { steps, join } = setup();
    const [a, b] = [join('a'), join('b')];
    a.turn();
    b.leave();
    b.leave();
    await settled();
    expect(steps).toEqual(['a']);
    a.turn();
    await settled();
    expect(steps).toEqual(['a', 'a']);
  });

  it('takes one in that came in mid-step', async () => {
    const { steps, join } = setup();
    const a = join('a');
    a.turn();
    const b = join('b');
    a.turn();
    await settled();
    expect(steps).toEqual(['a']);
    b.turn();
    await settled();
    expect(steps).toEqual(['a', 'a', 'b']);
  });
});
