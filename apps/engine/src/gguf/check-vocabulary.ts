import { F32, type Header, I32, type MetadataValue, shown, STRING, type TensorEntry } from './header';
import { MalformedHeader } from './malformed-header';
import { TOKENS } from './token-list';

type Metadata = ReadonlyMap<string, MetadataValue>;

const NO_TOKEN = 0xffffffff;
/** The beginning and the end of a text, where a file does not say: llama.cpp's own numbers. */
const DEFAULT_IDS: Readonly<Record<string, { readonly bos?: number; readonly eos?: number }>> = {
  llama: { bos: 1, eos: 2 },
  gpt2: { bos: 11, eos: 11 },
  hybriddna: { bos: 11, eos: 11 },
  whitespace: { bos: 11, eos: 11 },
  t5: { eos: 1 },
  bert: { bos: 101 },
  plamo2: { bos: 1, eos: 2 },
};
/** Without merges llama.cpp cannot use them, with one exception that has none. */
const MERGING = new Set(['gpt2', 'hybriddna', 'whitespace', 'gemma4']);
const MERGELESS = 'kimi-k2';
/** SentencePiece writes it as another character. */
const SPACE = 0x20;
/** No text in UTF-8 holds these, but for the first, which no text here does. */
const UNUSED_BYTES = new Set([0x00, 0xc0, 0xc1, ...Array.from({ length: 11 }, (_, index) => 0xf5 + index)]);

/** Refuses a vocabulary that llama.cpp would end the process over, or that does not fit the weights. */
export function checkVocabulary({ metadata, tensors }: Pick<Header, 'metadata' | 'tensors'>): void {
  const model = metadata.get('tokenizer.ggml.model');
  if (typeof model !== 'string') throw new MalformedHeader('it has no tokenizer');
  const list = metadata.get(TOKENS);
  const count = typeof list === 'object' ? list.length : 0;
  if (count < 2) throw new MalformedHeader(`its vocabulary has ${count} tokens`);
  const tokens = typeof list === 'object' ? list.tokens : undefined;
  if (tokens === undefined) throw new MalformedHeader(`its ${TOKENS} are no texts`);
  if (tokens.repeated !== null) throw new MalformedHeader(`its vocabulary holds the token ${shown(tokens.repeated)} twice`);
  checkLists(metadata, count);
  checkMerges(metadata, model);
  if (model === 'llama') checkBytes(tokens.bytes, new Set([...UNUSED_BYTES, SPACE]));
  if (model === 'rwkv') checkBytes(tokens.escapedBytes, UNUSED_BYTES);
  checkIds(metadata, count);
  checkEnds(metadata, model, count);
  checkRows(tensors, count);
}

/** What is said of each token must be said of all. */
function checkLists(metadata: Metadata, count: number): void {
  const expected: readonly (readonly [string, readonly number[]])[] = [
    ['scores', [F32, I32]],
    ['token_type', [I32]],
  ];
  for (const [name, types] of expected) {
    const key = `tokenizer.ggml.${name}`;
    const list = metadata.get(key);
    if (list === undefined) continue;
    if (typeof list !== 'object' || !types.includes(list.type)) throw new MalformedHeader(`its ${key} is no list of numbers`);
    if (list.length < count) throw new MalformedHeader(`its ${key} has ${list.length} entries for ${count} tokens`);
  }
}

function checkMerges(metadata: Metadata, model: string): void {
  if (!MERGING.has(model)) return;
  const merges = metadata.get('tokenizer.ggml.merges');
  if (merges === undefined && metadata.get('tokenizer.ggml.pre') === MERGELESS) return;
  if (typeof merges !== 'object' || merges.type !== STRING) throw new MalformedHeader('its tokenizer has no merges');
}

/** SentencePiece spells out what it does not know, byte by byte, and RWKV does not go on without. */
function checkBytes(bytes: ReadonlySet<number>, unused: ReadonlySet<number>): void {
  for (let byte = 0; byte < 256; byte++) {
    if (bytes.has(byte) || unused.has(byte)) continue;
    const shownByte = byte.toString(16).toUpperCase().padStart(2, '0');
    throw new MalformedHeader(`its vocabulary has no token for the byte 0x${shownByte}, so that not every text could be read`);
  }
}

function checkIds(metadata: Metadata, count: number): void {
  for (const [key, id] of metadata) {
    const [, name] = /^tokenizer\.ggml\.(\w+)_token_id$/.exec(key) ?? [];
    if (name === undefined) continue;
    if (typeof id !== 'number' && typeof id !== 'bigint') throw new MalformedHeader(`its ${key} is no number`);
    if (id === -1 || id === NO_TOKEN) continue;
    if (id < 0 || id >= count) throw new MalformedHeader(`its ${name} token ${id} is not in its vocabulary of ${count}`);
  }
}

/** Whoever wants a token at an end must have one. */
function checkEnds(metadata: Metadata, model: string, count: number): void {
  for (const end of ['bos', 'eos'] as const) {
    if (metadata.get(`tokenizer.ggml.add_${end}_token`) !== true) continue;
    const said = metadata.get(`tokenizer.ggml.${end}_token_id`);
    const id = typeof said === 'number' && said !== NO_TOKEN ? said : DEFAULT_IDS[model]?.[end];
    if (id === undefined || id >= count) throw new MalformedHeader(`it wants an ${end} token with every text and has none`);
  }
}

function checkRows(tensors: readonly TensorEntry[], count: number): void {
  for (const name of ['token_embd.weight', 'output.weight']) {
    const rows = tensors.find((tensor) => tensor.name === name)?.dimensions[1];
    if (rows !== undefined && rows !== count) {
      throw new MalformedHeader(`the tensor ${shown(name)} has ${rows} rows for a vocabulary of ${count} tokens`);
    }
  }
}
