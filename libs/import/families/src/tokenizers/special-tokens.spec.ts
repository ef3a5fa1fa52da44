import { Beside } from '../beside/beside';
import { CheckpointCopies } from '../testing/checkpoint-copies';
import { chatTemplateBeside, withSpecialTokens } from './special-tokens';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

const copies = new CheckpointCopies();

/** Documents beside a checkpoint, by their names; a text is written as it is. */
function beside(documents: Readonly<Record<string, object | string>>): Beside {
  return new Beside(Object.entries(documents).map(([name, content]) => copies.write(name, typeof content === 'string' ? content : JSON.stringify(content))));
}

const VOCABULARY: Vocabulary = {
  model: 'gpt2',
  preTokenizer: 'gpt-2',
  tokens: ['<s>', '</s>', '<|im_end|>', 'a', 'b'],
  types: [TOKEN_TYPE.control, TOKEN_TYPE.control, TOKEN_TYPE.control, TOKEN_TYPE.normal, TOKEN_TYPE.normal],
  scores: null,
  merges: [],
  bos: null,
  ends: [],
  unknown: null,
  addsBos: false,
  addsEos: false,
  addsSpacePrefix: null,
  title: 'tokenizer.json',
  notes: [],
};

const said = (documents: Readonly<Record<string, object>>, changes: Partial<Vocabulary> = {}) =>
  withSpecialTokens({ ...VOCABULARY, ...changes }, beside(documents));

describe('the tokens that end an answer', () => {
  it('are the chat’s own end first, then what the generation’s configuration lists, each once', () => {
    const { ends } = said({
      'tokenizer_config.json': { eos_token: '<|im_end|>' },
      'generation_config.json': { eos_token_id: [2, 1] },
      'config.json': { eos_token_id: 0 },
    });
    expect(ends).toEqual([2, 1]);
  });

  it('are those of config.json where no generation is configured, and may be an object with a text', () => {
    expect(said({ 'config.json': { eos_token_id: 1 } }).ends).toEqual([1]);
    expect(said({ 'tokenizer_config.json': { eos_token: { content: '</s>' } } }).ends).toEqual([1]);
  });

  it('are the tokenizer’s own behind them', () => {
    expect(said({ 'config.json': { eos_token_id: 2 } }, { ends: [1] }).ends).toEqual([2, 1]);
  });

  it('are none that the tokenizer does not have', () => {
    expect(said({ 'config.json': { eos_token_id: [99, -1, 1] }, 'tokenizer_config.json': { eos_token: '<none>' } }).ends).toEqual([1]);
  });

  it('are a token that no text is made of where nobody says any: without one llama.cpp ends at id 11', () => {
    expect(said({}).ends).toEqual([0]);
    expect(said({}, { types: [1, 1, 1, TOKEN_TYPE.unused, 1] }).ends).toEqual([3]);
  });

  it('are asked for where there is none to spare', () => {
    expect(() => said({}, { types: [1, 1, 1, 1, 1] })).toThrow(
      'Nothing says which token ends a text (eos_token in tokenizer_config.json), and the tokenizer has none to spare.',
    );
  });
});

describe('the token that begins a text', () => {
  it('is the one that tokenizer.json puts there, whatever is written beside it', () => {
    expect(said({ 'tokenizer_config.json': { bos_token: '</s>' } }, { bos: 0 }).bos).toBe(0);
  });

  it('is the one written beside a tokenizer.model, which puts one of its own there by habit', () => {
    expect(said({ 'tokenizer_config.json': { bos_token: '</s>' } }, { bos: 0, title: 'tokenizer.model' }).bos).toBe(1);
  });

  it('is put before a text or not as tokenizer_config.json says, for a tokenizer.model alone', () => {
    const documents = { 'tokenizer_config.json': { add_bos_token: false, add_eos_token: true } };
    expect(said(documents, { title: 'tokenizer.model', addsBos: true })).toMatchObject({ addsBos: false, addsEos: true });
    expect(said(documents, { addsBos: true })).toMatchObject({ addsBos: true, addsEos: false });
  });
});

describe('a chat template', () => {
  const TEMPLATE = '{{ messages }}';

  it.each<readonly [string, Readonly<Record<string, object | string>>]>([
    ['a file of its own', { 'chat_template.jinja': TEMPLATE, 'tokenizer_config.json': { chat_template: 'older' } }],
    ['a document of its own', { 'chat_template.json': { chat_template: TEMPLATE } }],
    ['a member of the tokenizer’s configuration', { 'tokenizer_config.json': { chat_template: TEMPLATE } }],
    [
      'the default one of several',
      {
        'tokenizer_config.json': {
          chat_template: [
            { name: 'tool_use', template: 'x' },
            { name: 'default', template: TEMPLATE },
          ],
        },
      },
    ],
    ['the first of several without a default', { 'tokenizer_config.json': { chat_template: [{ name: 'rag', template: TEMPLATE }] } }],
  ])('is %s', (_title, documents) => {
    expect(chatTemplateBeside(beside(documents))).toBe(TEMPLATE);
  });

  it('is none of a base model', () => {
    expect(chatTemplateBeside(beside({ 'tokenizer_config.json': { bos_token: null } }))).toBeNull();
    expect(chatTemplateBeside(beside({}))).toBeNull();
  });
});
