import { divergenceOf, scoreOf } from '../testing/divergence';
import { piecesOf } from './pieces';

describe('piecesOf', () => {
  it('gives each token with what both models found of it', () => {
    const divergence = divergenceOf(
      scoreOf('base', [
        ['The', 0.5],
        [' cat', 0.25],
      ]),
      scoreOf('tuned', [
        ['The', 1],
        [' cat', 0.125],
      ]),
    );
    const pieces = piecesOf('The cat', divergence);
    expect(pieces.map(({ text }) => text)).toEqual(['The', ' cat']);
    expect(pieces.map(({ bits }) => [bits.baseline, bits.derivative].map((each) => each?.toFixed(6)))).toEqual([
      ['1.000000', '0.000000'],
      ['2.000000', '3.000000'],
    ]);
    expect(pieces[1]?.tokens.derivative.map(({ text }) => text)).toEqual([' cat']);
    expect(pieces.every(({ kl }) => kl !== null && kl >= 0)).toBe(true);
  });

  it('never cuts a character: tokens that are parts of one stand together', () => {
    const text = 'a😀b';
    const part = (from: number, to: number) => ({ text: '�', bytes: [from, to] as const, logprob: Math.log(0.5), rank: null, top: [] });
    const score = { ...scoreOf('base', []), tokens: [part(0, 1), part(1, 3), part(3, 5), part(5, 6)] };
    const spans = score.tokens.map(({ bytes, logprob }) => ({ bytes, baseline: logprob, derivative: logprob, kl: 0.5, same_top: true }));
    const pieces = piecesOf(text, { spans, scores: { baseline: score, derivative: score } });
    expect(pieces.map((piece) => piece.text)).toEqual(['a', '😀', 'b']);
    expect(pieces.map(({ bits, kl, tokens }) => [bits.baseline, kl, tokens.baseline.length])).toEqual([
      [1, 0.5, 1],
      [2, 1, 2],
      [1, 0.5, 1],
    ]);
  });

  it('ends where the tokens of both do', () => {
    const divergence = divergenceOf(
      scoreOf('base', [
        ['ab', 0.5],
        ['c', 0.5],
      ]),
      scoreOf(
        'tuned',
        [
          ['a', 0.5],
          ['b', 0.5],
          ['c', 0.5],
        ],
        { vocabulary: 'b' },
      ),
    );
    const pieces = piecesOf('abc', divergence);
    expect(pieces.map(({ text, tokens }) => [text, tokens.baseline.length, tokens.derivative.length])).toEqual([
      ['ab', 1, 2],
      ['c', 1, 1],
    ]);
    expect(pieces[0]?.bits.derivative).toBeCloseTo(2, 9);
    expect(pieces[0]?.kl).toBeNull();
  });

  it('has no bits for what nothing stands before', () => {
    const score = scoreOf('base', [['a', 0.5]]);
    const spans = [{ bytes: [0, 1] as const, baseline: null, derivative: -1, kl: null, same_top: null }];
    expect(piecesOf('a', { spans, scores: { baseline: score, derivative: score } })[0]?.bits.baseline).toBeNull();
  });
});
