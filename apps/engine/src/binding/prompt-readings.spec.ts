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

  describe('in pieces', () => {
    it.each([
      ['the same prompt again', 60, 60, 57],
      ['an edit further back', 30, 60, 30],
      ['an edit of its first words', 2, 60, 2],
      ['a longer prompt', 60, 63, 60],
      ['a longer prompt whose last word would be left alone', 60, 61, 58],
      ['a shorter prompt', 40, 40, 37],
      ['a prompt that is read in two steps', 60, 65, 0],
      ['a prompt of a whole step', 60, 64, 0],
    ])('%s', (_title, common, length, start) => expect(setup([0, 60]).startFor(common, length, true)).toBe(start));

    it.each([
      ['goes on within the second step of a short one', 100, 100, 110, 100],
      ['never within a step that was read as one of many', 100, 50, 60, 0],
      ['not in a long one, of which little is read again', 500, 500, 520, 448],
    ])('%s', (_title, read, common, length, start) => expect(setup([0, read]).startFor(common, length, true)).toBe(start));

    it('never behind a step too short to be read like the longer one', () => {
      expect(setup([0, 2]).startFor(2, 60, true)).toBe(0);
    });

    it('knows where a step began that it went on with', () => {
      const readings = setup([0, 60]);
      readings.cut(readings.startFor(60, 62, true));
      readings.note(59, 62);
      expect(readings.startFor(62, 62, true)).toBe(59);
      expect(readings.startFor(62, 62)).toBe(0);
    });

    it('knows what is left of a step that was cut', () => {
      const readings = setup([0, 60]);
      readings.cut(readings.startFor(40, 60, true));
      expect(readings.startFor(40, 100, true)).toBe(0);
      expect(readings.startFor(40, 50, true)).toBe(40);
    });
  });
});
