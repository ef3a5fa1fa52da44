import { standardErrorOf } from '../statistics/standard-error';
import { randomNumbers } from '../testing/random';
import { scoreOf } from '../testing/score-of';
import { summarise } from './summarise';

const summaryOf = (tokens: Parameters<typeof scoreOf>[0]) => scoreOf(tokens).summary;

describe('summarise', () => {
  it('gives the reference values of four tokens over ten bytes', () => {
    const tokens = [
      ['abc', Math.log(0.25)],
      ['def', Math.log(0.5)],
      ['gh', Math.log(0.125)],
      ['ij', Math.log(0.5)],
    ] as const;
    const summary = summaryOf(tokens);
    expect(summary).toMatchObject({ tokens: 4, bytes: 10, characters: 10 });
    expect(-summary.log_likelihood / 4).toBeCloseTo(1.2130076, 7);
    expect(-summary.log_likelihood / Math.LN2).toBeCloseTo(7, 12);
    expect(summary.perplexity).toBeCloseTo(3.3635857, 7);
    expect(summary.bits_per_byte).toBeCloseTo(0.7, 12);
    expect(standardErrorOf(tokens.map(([, logprob]) => [-logprob]))).toBeCloseTo(0.331819, 7);
  });

  it('counts bytes of UTF-8 and code points', () => {
    const summary = summaryOf([['Grüße, Welt', -20]]);
    expect(summary).toMatchObject({ bytes: 13, characters: 11 });
    expect(summary.bits_per_byte).toBeCloseTo(2.2195308, 7);
    expect(-summary.log_likelihood / Math.LN2 / summary.characters).toBeCloseTo(2.6230819, 7);
  });

  it('leaves out the first token and its bytes when nothing stands before it', () => {
    expect(
      summaryOf([
        ['é', null],
        ['ß', -1],
      ]),
    ).toEqual({ tokens: 1, bytes: 2, characters: 1, log_likelihood: -1, perplexity: Math.E, bits_per_byte: 1 / Math.LN2 / 2 });
  });

  it('counts a character once that is cut into several tokens', () => {
    const pieces = [
      [0, 1],
      [1, 3],
      [3, 4],
    ] as const;
    const tokens = pieces.map((bytes) => ({ text: '\uFFFD', bytes, logprob: -1, rank: null, top: [] }));
    expect(summarise(tokens, '👪')).toMatchObject({ tokens: 3, bytes: 4, characters: 1 });
  });

  it('has no perplexity and no bits per byte of nothing', () => {
    expect(summaryOf([])).toEqual({ tokens: 0, bytes: 0, characters: 0, log_likelihood: 0, perplexity: null, bits_per_byte: null });
    expect(summaryOf([['a', null]])).toMatchObject({ tokens: 0, perplexity: null, bits_per_byte: null });
  });

  it('says 0 and 1 of what is certain', () => {
    expect(summaryOf([['a', 0]])).toMatchObject({ perplexity: 1, bits_per_byte: 0 });
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, 0.5])('refuses %d, naming the token', (logprob) => {
    expect(() =>
      summaryOf([
        ['well', -1],
        ['no', logprob],
      ]),
    ).toThrow('"no" at byte 4');
  });

  it('gives the same bits per byte however a text of one likelihood is cut', () => {
    const random = randomNumbers(1);
    const text = 'a'.repeat(300);
    for (let round = 0; round < 50; round++) {
      const tokens: [string, number][] = [];
      for (let at = 0; at < text.length;) {
        const length = Math.min(text.length - at, 1 + Math.floor(random() * 9));
        tokens.push([text.slice(at, at + length), -0.9 * length]);
        at += length;
      }
      expect(summaryOf(tokens).bits_per_byte).toBeCloseTo(0.9 / Math.LN2, 12);
    }
  });
});
