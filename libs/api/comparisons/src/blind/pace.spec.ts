import { Lane } from './pace';

function setup() {
  const shown: [string[], string[]] = [[], []];
  const lanes = Lane.pair();
  lanes.forEach((lane, side) => lane.open((text) => shown[side]?.push(text)));
  return { shown, lanes, never: new AbortController().signal };
}

describe('two answers that are shown equally far', () => {
  it('go in steps of the same length, whoever is faster', () => {
    const { shown, lanes } = setup();
    lanes[0].receive('abc', false);
    lanes[0].receive('defg', false);
    expect(shown).toEqual([[], []]);
    lanes[1].receive('12345', false);
    lanes[1].receive('6', false);
    expect(shown).toEqual([
      ['abcde', 'f'],
      ['12345', '6'],
    ]);
  });

  it('lose nothing: what is longer is shown when the other has ended', async () => {
    const { shown, lanes, never } = setup();
    lanes[0].receive('abc', false);
    const drained = lanes[0].drained(never);
    lanes[1].receive('1', false);
    await lanes[1].drained(never);
    lanes[1].end();
    await drained;
    expect(shown.map((texts) => texts.join(''))).toEqual(['abc', '1']);
  });

  it('are never cut within a character', () => {
    const { shown, lanes } = setup();
    lanes[0].receive('😀😀', false);
    lanes[1].receive('1', false);
    expect(shown[0]).toEqual(['😀']);
  });

  it('do not wait for each other once nobody wants them', async () => {
    const { lanes } = setup();
    const stop = new AbortController();
    lanes[0].receive('abc', false);
    const drained = lanes[0].drained(stop.signal);
    stop.abort();
    await drained;
    expect(stop.signal.aborted).toBe(true);
  });
});
