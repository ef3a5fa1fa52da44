import {
  DEFAULT_PARAMETERS,
  describeRange,
  isInRange,
  NEUTRAL_PARAMETERS,
  type NumericParameter,
  PARAMETER_RANGES,
  REQUEST_LIMITS,
  STREAM_PARAMETERS,
} from './parameters';

const NAMES = Object.keys(PARAMETER_RANGES) as NumericParameter[];
const SETS = { DEFAULT_PARAMETERS, STREAM_PARAMETERS, NEUTRAL_PARAMETERS };

describe('the range of a sampling parameter', () => {
  it.each([
    ['temperature', 'a number from 0 to 2'],
    ['top_p', 'a number above 0 to 1'],
    ['top_k', 'an integer from 0 to 1000'],
    ['repetition_penalty', 'a number above 0 to 2'],
    ['max_tokens', 'an integer from 1 to 32768'],
    ['seed', 'an integer from 0 to 9007199254740991'],
  ] as const)('of %s is %s', (name, words) => {
    expect(describeRange(PARAMETER_RANGES[name])).toBe(words);
  });

  it.each(NAMES)('of %s takes its upper end, and nothing beyond', (name) => {
    const range = PARAMETER_RANGES[name];
    expect(isInRange(range.max, range)).toBe(true);
    expect(isInRange(range.max * 1.01 + 1, range)).toBe(false);
  });

  it.each(NAMES)('of %s takes its lower end exactly where its words say "from"', (name) => {
    const range = PARAMETER_RANGES[name];
    expect(isInRange(range.min, range)).toBe(describeRange(range).includes(`from ${range.min}`));
    expect(isInRange(range.min - 1, range)).toBe(false);
  });

  it.each(NAMES)('of %s takes a fraction exactly where its words say "a number"', (name) => {
    const range = PARAMETER_RANGES[name];
    expect(isInRange(range.min + 0.5, range)).toBe(describeRange(range).startsWith('a number'));
  });

  it.each([
    [0, { min: 0, max: 0, exclusiveMin: false, integer: true }, true],
    [0, { min: 0, max: 1, exclusiveMin: true, integer: false }, false],
    [Number.MIN_VALUE, { min: 0, max: 1, exclusiveMin: true, integer: false }, true],
    [-3, { min: -5, max: -2, exclusiveMin: false, integer: true }, true],
    [-2.5, { min: -5, max: -2, exclusiveMin: false, integer: true }, false],
    [-0, { min: 0, max: 1, exclusiveMin: false, integer: true }, true],
  ])('is four facts about a number, whatever parameter it is of: %p in %j is %p', (value, range, isInside) => {
    expect(isInRange(value, range)).toBe(isInside);
  });

  it.each([
    ['text', '1'],
    ['null', null],
    ['nothing', undefined],
    ['a list', [1]],
    ['a large integer', 1n],
    ['what is no number', Number.NaN],
    ['minus infinity', Number.NEGATIVE_INFINITY],
  ])('takes no %s for a number', (_, value) => {
    for (const name of NAMES) expect(isInRange(value, PARAMETER_RANGES[name])).toBe(false);
  });

  it('holds every seed exactly, so that a run can be repeated with the one it reported', () => {
    const { max } = PARAMETER_RANGES.seed;
    expect(Number.isSafeInteger(max)).toBe(true);
    expect(JSON.parse(JSON.stringify(max))).toBe(max);
  });
});

describe('what a request is answered with where it names nothing', () => {
  it.each(Object.entries(SETS))('is in range: %s', (_, set) => {
    for (const name of NAMES) {
      const value = set[name];
      if (value !== null) expect([name, isInRange(value, PARAMETER_RANGES[name])]).toEqual([name, true]);
    }
  });

  it.each(Object.entries(SETS))('leaves no parameter to the model server: %s', (_, set) => {
    expect(Object.keys(set).sort()).toEqual([...NAMES, 'stop'].sort());
  });

  it.each(Object.entries(SETS))('draws a seed, and stops at no text: %s', (_, set) => {
    expect([set.seed, set.stop]).toEqual([null, []]);
  });

  it('is for a comparison the chat’s, without what colours an answer unseen', () => {
    expect(STREAM_PARAMETERS).toEqual({ ...DEFAULT_PARAMETERS, top_k: 0, repetition_penalty: 1 });
  });

  it('is for an OpenAI client the model’s own distribution', () => {
    const { temperature, top_p, top_k, repetition_penalty } = NEUTRAL_PARAMETERS;
    expect({ temperature, top_p, top_k, repetition_penalty }).toEqual({ temperature: 1, top_p: 1, top_k: 0, repetition_penalty: 1 });
  });
});

describe('the limits of a request', () => {
  it('let the longest text through in a body, whatever it is written in', () => {
    const widest = Buffer.byteLength(JSON.stringify('語'.repeat(REQUEST_LIMITS.textCharacters)));
    expect(widest).toBeLessThan(REQUEST_LIMITS.bodyBytes);
  });

  it('let all stop strings at their longest through beside it', () => {
    const { textCharacters, stopStrings, stopCharacters, conversationIdCharacters, bodyBytes } = REQUEST_LIMITS;
    const characters = textCharacters + stopStrings * stopCharacters + conversationIdCharacters;
    expect(characters * 3).toBeLessThan(bodyBytes);
  });

  it('are whole numbers above nothing', () => {
    for (const limit of Object.values(REQUEST_LIMITS)) {
      expect(Number.isInteger(limit)).toBe(true);
      expect(limit).toBeGreaterThan(0);
    }
  });
});
