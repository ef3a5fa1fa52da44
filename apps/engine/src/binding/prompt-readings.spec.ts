import { PromptReadings, stepEnds } from './prompt-readings';

describe('stepEnds', () => {
  it.each([
    ['one token', 0, 1, [1]],
    ['no more than a step of the grid', 0, 64, [64]],
    ['a little more', 0, 65, [64, 65]],
    ['a batch', 0, 512, [448, 512]],
    ['several batches', 0, 1_500, [448, 896, 1_344, 1_472, 1_500]],
    ['from the cache on', 448, 1_500, [896, 1_344, 1_472, 1_500]],
    ['from an answer on, back onto the grid', 450, 600, [576, 600]],
    ['only what is new', 590, 600, [600]],
    ['nothing', 0, 0, [0]],
  ])('%s', (_title, start, length, ends) => expect(stepEnds(start, length)).toEqual(ends));
});

describe('PromptReadings', () => {
  function setup(...prompts: (readonly [start: number, length: number])[]) {
    const readings = new PromptReadings();
    for (const [start, length] of prompts) {
      let from = start;
      for (const end of stepEnds(start, length)) {
        readings.note(from, end);
        from = end;
      }
    }
    return readings;
  }

  it.each([
    ['nothing in common', 0, 500, 0],
    ['the same prompt again', 500, 500, 448],
    ['an edit further back', 200, 500, 192],
    ['an edit in the last step', 460, 520, 448],
    ['a longer prompt without an answer between', 500, 520, 448],
    ['a turn after an answer', 530, 560, 530],
    ['a prompt that ends within an answer', 530, 520, 519],
    ['a prompt that ends within what was read', 400, 400, 384],
  ])('%s', (_title, common, length, start) => {
    expect(setup([0, 500]).startFor(common, length)).toBe(start);
  });

  it('reads a second turn again from where it was read before', () => {
    expect(setup([0, 500], [530, 560]).startFor(560, 560)).toBe(530);
    expect(setup([0, 500], [530, 700]).startFor(700, 700)).toBe(640);
  });

  it('still knows the first turn after the second', () => {
    expect(setup([0, 500], [530, 560]).startFor(500, 500)).toBe(448);
  });

  it('forgets what was cut off', () => {
    const readings = setup([0, 500]);
    readings.cut(320);
    expect(readings.startFor(320, 500)).toBe(320);
    expect(readings.startFor(300, 500)).toBe(256);
    readings.cut(0);
    expect(readings.startFor(0, 500)).toBe(0);
  });
});
