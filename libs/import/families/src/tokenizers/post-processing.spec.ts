import { postProcessing } from './post-processing';

const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
const TEXT = { Sequence: { id: 'A', type_id: 0 } };
const SPECIAL = { '<s>': { ids: [1] }, '</s>': { ids: [2] }, '[AB]': { ids: [3, 4] } };
const template = (...single: object[]) => ({ type: 'TemplateProcessing', single, special_tokens: SPECIAL });

describe('what is put around every text', () => {
  it.each([
    ['nothing where nothing is said', null, null, null],
    ['nothing by a step that is about offsets alone', { type: 'ByteLevel', trim_offsets: true }, null, null],
    ['a token before it', template(token('<s>'), TEXT), 1, null],
    ['a token behind it', template(TEXT, token('</s>')), null, 2],
    ['one on either side', template(token('<s>'), TEXT, token('</s>')), 1, 2],
    ['what the steps of a sequence say together', { type: 'Sequence', processors: [{ type: 'ByteLevel' }, template(token('<s>'), TEXT)] }, 1, null],
  ])('is %s', (_title, described, bos, eos) => {
    expect(postProcessing(described)).toEqual({ bos, eos });
  });

  it.each([
    ['two tokens before it', template(token('<s>'), token('</s>'), TEXT)],
    ['a token of two ids', template(token('[AB]'), TEXT)],
    ['no text at all', template(token('<s>'))],
  ])('is refused with %s', (_title, described) => {
    expect(() => postProcessing(described)).toThrow('The tokenizer puts several tokens around every text; llama.cpp puts one before it and one behind it.');
  });

  it('is refused where it names a token that is nowhere', () => {
    expect(() => postProcessing(template(token('<none>'), TEXT))).toThrow('tokenizer.json is damaged: its template names a token that it does not have.');
  });

  it('is refused where it is done in a way that llama.cpp does not have', () => {
    expect(() => postProcessing({ type: 'BertProcessing' })).toThrow('The tokenizer finishes text in a way that llama.cpp does not have (BertProcessing).');
  });
});
