import { divergenceOf, scoreOf } from '../testing/divergence';
import { piecesOf, type TextPiece } from './pieces';
import { readPiece } from './piece-reading';

const [PIECE] = piecesOf(' cat', divergenceOf(scoreOf('base', [[' cat', 0.6]]), scoreOf('tuned', [[' cat', 0.25]])));

describe('readPiece', () => {
  it('tells probability, bits, rank and alternatives of both models, the asked one first', () => {
    const { models, text, place, kl } = readPiece(PIECE as TextPiece, 11, ['derivative', 'baseline'], true);
    expect([text, place]).toEqual(['␣cat', 'token 12']);
    expect(kl).toMatch(/^≥ 0\.\d+ nats$/);
    expect(models).toMatchObject([
      {
        side: 'derivative',
        probability: '25 %',
        bits: '2.0 bits',
        rank: 'not among its 32 likeliest',
        alternatives: [{ text: '␣cat', share: '25 %', isIt: true }],
      },
      { side: 'baseline', probability: '60 %', rank: 'rank 1' },
    ]);
  });

  it('says that a model has several tokens there', () => {
    const tokens = scoreOf('tuned', [
      [' c', 0.5],
      ['at', 0.5],
    ]).tokens;
    const piece = { ...(PIECE as TextPiece), tokens: { baseline: PIECE?.tokens.baseline ?? [], derivative: tokens }, kl: null };
    const { models, kl } = readPiece(piece, 0, ['derivative'], false);
    expect(models[0]).toMatchObject({ rank: '2 tokens of its own here', alternatives: [] });
    expect(kl).toBe('');
  });

  it('has nothing to tell of a token that nothing stands before', () => {
    const { models } = readPiece({ ...(PIECE as TextPiece), bits: { baseline: null, derivative: 1 } }, 0, ['baseline'], false);
    expect(models[0]).toMatchObject({ probability: '–', bits: 'nothing stands before it' });
  });
});
