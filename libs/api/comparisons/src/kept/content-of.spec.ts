import type { ComparisonRequestDto } from '../requests/comparison.dto';
import { bareAnswer, content } from '../testing/kept-content';
import { beginningOf, contentOf } from './content-of';

const least = {
  baseline: 'old',
  derivative: 'new',
  turns: [{ prompt: 'Hello', baseline: { model: 'old', text: 'Hi' }, derivative: { model: 'new', text: '' } }],
};
const of = (more: object = {}) => contentOf({ ...least, ...more } as ComparisonRequestDto);

describe('what is kept of a request', () => {
  it('is all of it where all is given', () => {
    expect(contentOf(content() as unknown as ComparisonRequestDto)).toEqual(content());
  });

  it('leaves nothing open where the least is given', () => {
    expect(of()).toEqual({
      title: 'Hello',
      note: '',
      baseline: 'old',
      derivative: 'new',
      system: null,
      parameters: { baseline: {}, derivative: {} },
      config_version: null,
      turns: [{ prompt: 'Hello', baseline: bareAnswer('old', 'Hi'), derivative: bareAnswer('new', '') }],
    });
  });

  it.each(['thoughts', 'identity', 'finish_reason', 'error', 'usage', 'timings', 'seed', 'ignored_parameters'])('takes null for no %s', (field) => {
    const turns = [{ ...least.turns[0], baseline: { model: 'old', text: 'Hi', [field]: null } }];
    expect(of({ turns }).turns[0]?.baseline).toEqual(bareAnswer('old', 'Hi'));
  });

  it('leaves nothing open in timings of which a part is not known', () => {
    const timings = { queue_ms: 0, load_ms: 0, total_ms: 5, source: 'measured' };
    const turns = [{ ...least.turns[0], baseline: { model: 'old', text: 'Hi', timings } }];
    expect(of({ turns }).turns[0]?.baseline.timings).toEqual({ ...timings, ttft_ms: null, tokens_per_second: null });
  });

  it.each([
    [{ title: 'Mine' }, 'Mine'],
    [{ title: '' }, 'Hello'],
    [{ title: undefined }, 'Hello'],
  ])('has a title: %j is %j', (more, title) => {
    expect(of(more).title).toBe(title);
  });

  it('takes the values of one side alone', () => {
    expect(of({ parameters: { derivative: { seed: 1 } } }).parameters).toEqual({ baseline: {}, derivative: { seed: 1 } });
  });
});

describe('the beginning of a text', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly so', 10, 'exactly so'],
    ['one letter m', 11, 'one letter…'],
    ['\n \r\n  first line \nsecond', 50, 'first line'],
    ['windows\r\nlines', 50, 'windows'],
    ['', 10, ''],
    [' \n\t', 10, ''],
    ['😀😀😀', 5, '😀😀…'],
    ['😀😀😀', 4, '😀…'],
    ['a😀😀', 3, 'a…'],
  ])('of %j within %d characters is %j', (text, most, beginning) => {
    expect(beginningOf(text, most)).toBe(beginning);
    expect(beginning.length).toBeLessThanOrEqual(most);
  });
});
