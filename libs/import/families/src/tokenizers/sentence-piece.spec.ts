import { sentencePieceVocabulary } from './sentence-piece';
import { TOKEN_TYPE } from './vocabulary';

const field = (number: number, bytes: Buffer) => Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
const varint = (number: number, ...value: number[]) =>
  Buffer.from([...(number < 16 ? [number * 8] : [((number * 8) % 128) + 128, (number * 8) >> 7]), ...value]);

function piece(text: string, score: number, type?: number): Buffer {
  const float = Buffer.alloc(4);
  float.writeFloatLE(score);
  return field(1, Buffer.concat([field(1, Buffer.from(text)), Buffer.from([0x15]), float, ...(type === undefined ? [] : [varint(3, type)])]));
}

const PIECES = [piece('<unk>', 0, 2), piece('<s>', 0, 3), piece('</s>', 0, 3), piece('<0x0A>', 0, 6), piece('▁a', -1), piece('▁b', -2, 4)];
const TRAINER = field(2, varint(3, 2));

describe('a SentencePiece model', () => {
  it('keeps its own scores and kinds, and begins where it says nothing else', () => {
    const { tokens, types, scores, bos, ends, unknown, addsSpacePrefix } = sentencePieceVocabulary(Buffer.concat([...PIECES, TRAINER]));
    expect(tokens).toEqual(['<unk>', '<s>', '</s>', '<0x0A>', '▁a', ' b']);
    expect(types).toEqual([2, 3, 3, 6, 1, 4]);
    expect(scores?.slice(4)).toEqual([-1, -2]);
    expect({ bos, ends, unknown, addsSpacePrefix }).toEqual({ bos: 1, ends: [2], unknown: 0, addsSpacePrefix: true });
  });

  it('has no end where it says there is none', () => {
    const none = varint(42, ...Array.from({ length: 9 }, () => 0xff), 1);
    expect(sentencePieceVocabulary(Buffer.concat([...PIECES, field(2, Buffer.concat([varint(3, 2), none]))])).ends).toEqual([]);
  });

  it('says that it would have normalised text, and whether a space goes before it', () => {
    const normalizer = field(3, Buffer.concat([field(2, Buffer.from([1])), varint(3, 0)]));
    const { notes, addsSpacePrefix } = sentencePieceVocabulary(Buffer.concat([...PIECES, TRAINER, normalizer]));
    expect(notes).toEqual([expect.stringContaining('normalised')]);
    expect(addsSpacePrefix).toBe(false);
  });

  it('takes tokens that were added later', () => {
    const { tokens, types } = sentencePieceVocabulary(Buffer.concat([...PIECES, TRAINER]), [
      { id: 1, content: '<s>', isSpecial: true },
      { id: 6, content: '<|user|>', isSpecial: true },
    ]);
    expect(tokens.slice(5)).toEqual([' b', '<|user|>']);
    expect(types[6]).toBe(TOKEN_TYPE.control);
  });

  it.each([
    ['a unigram model', Buffer.concat([...PIECES, field(2, varint(3, 1))]), /another kind than BPE/],
    ['no pieces', TRAINER, /holds no pieces/],
    ['text', Buffer.from('IQ== 0\nIg== 1\n'), /no SentencePiece model/],
    ['a piece that is cut short', Buffer.concat([...PIECES, TRAINER]).subarray(0, 20), /no SentencePiece model/],
    ['a length without end', Buffer.from([0x0a, ...Array.from({ length: 20 }, () => 0xff)]), /no SentencePiece model/],
    ['a kind of piece that nobody knows', Buffer.concat([piece('x', 0, 9), TRAINER]), /unknown kind 9/],
    ['a token added far behind the others', Buffer.concat([...PIECES, TRAINER]), /has no token 6/],
  ])('is refused with %s', (_title, bytes, reason) => {
    expect(() => sentencePieceVocabulary(bytes, [{ id: 9, content: 'x', isSpecial: true }])).toThrow(reason);
  });
});
