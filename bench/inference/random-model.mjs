import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A llama-architecture model of 324M parameters in Q4_0 with random weights: as much work per token as a trained one.
 * Every word that `words` makes is one token; the end token is never the likeliest.
 */
const SHAPE = { vocabulary: 32_000, width: 1_024, feedForward: 2_816, layers: 22, heads: 16, kvHeads: 8, context: 4_096 };
const UINT32 = 4;
const FLOAT32 = 6;
const STRING = 8;
const ARRAY = 9;
const INT32 = 5;
const F32_TENSOR = 0;
const Q4_0_TENSOR = 2;
const ALIGNMENT = 32;
const FIRST_WORD = 3 + 256;

/** Of the keys and values that a context keeps of each token, in 16-bit floats. */
export const CACHE_BYTES = 2 * 2 * SHAPE.layers * SHAPE.kvHeads * (SHAPE.width / SHAPE.heads);

/** The word of one token, with the space before it. */
function wordOf(token) {
  let rest = token - FIRST_WORD;
  let word = '';
  for (let letter = 0; letter < 4; letter += 1, rest = Math.floor(rest / 26)) word = String.fromCharCode(97 + (rest % 26)) + word;
  return ` ${word}`;
}

/** Text of exactly `count` tokens; another `seed`, another text. */
export function words(count, seed, vocabulary = SHAPE.vocabulary) {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return wordOf(FIRST_WORD + (state % (vocabulary - FIRST_WORD)));
  }).join('');
}

/** Writes the model unless it is there already; `changes` to its shape make another. */
export function writeRandomModel(path, changes = {}) {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.part`, 'w');
  const shape = { ...SHAPE, ...changes };
  const tensors = tensorList(shape);
  let offset = 0;
  const described = tensors.map((tensor) => {
    const entry = [text(tensor.name), u32(tensor.dims.length), ...tensor.dims.map(u64), u32(tensor.type), u64(offset)];
    offset += padded(sizeOf(tensor));
    return Buffer.concat(entry);
  });
  const metadata = metadataList(shape);
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length), ...metadata, ...described]);
  writeSync(file, head);
  writeSync(file, Buffer.alloc(padded(head.length) - head.length));
  const noise = randomBlocks(1 << 18);
  for (const tensor of tensors) writeTensor(file, tensor, noise);
  closeSync(file);
  renameSync(`${path}.part`, path);
}

function tensorList({ vocabulary, width, feedForward, layers, heads, kvHeads }) {
  const kvWidth = (width / heads) * kvHeads;
  const weights = (name, ...dims) => ({ name: `${name}.weight`, dims, type: Q4_0_TENSOR });
  const norm = (name) => ({ name: `${name}.weight`, dims: [width], type: F32_TENSOR });
  const layer = (index) => [
    norm(`blk.${index}.attn_norm`),
    weights(`blk.${index}.attn_q`, width, width),
    weights(`blk.${index}.attn_k`, width, kvWidth),
    weights(`blk.${index}.attn_v`, width, kvWidth),
    weights(`blk.${index}.attn_output`, width, width),
    norm(`blk.${index}.ffn_norm`),
    weights(`blk.${index}.ffn_gate`, width, feedForward),
    weights(`blk.${index}.ffn_up`, width, feedForward),
    weights(`blk.${index}.ffn_down`, feedForward, width),
  ];
  return [
    weights('token_embd', width, vocabulary),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    norm('output_norm'),
    weights('output', width, vocabulary),
  ];
}

function metadataList({ vocabulary, width, feedForward, layers, heads, kvHeads, context }) {
  const bytes = byteLetters();
  const tokens = Array.from({ length: vocabulary }, (_, token) => {
    if (token < 3) return ['<unk>', '<s>', '</s>'][token];
    return token < FIRST_WORD ? bytes[token - 3] : wordOf(token).replace(' ', 'Ġ');
  });
  const types = tokens.map((_, token) => (token < 3 ? 3 : 1));
  return [
    string('general.architecture', 'llama'),
    string('general.name', 'Random weights'),
    number('general.file_type', 2),
    number('llama.context_length', context),
    number('llama.embedding_length', width),
    number('llama.feed_forward_length', feedForward),
    number('llama.block_count', layers),
    number('llama.attention.head_count', heads),
    number('llama.attention.head_count_kv', kvHeads),
    number('llama.rope.dimension_count', width / heads),
    number('llama.vocab_size', vocabulary),
    Buffer.concat([text('llama.attention.layer_norm_rms_epsilon'), u32(FLOAT32), f32(1e-5)]),
    string('tokenizer.ggml.model', 'gpt2'),
    string('tokenizer.ggml.pre', 'llama-bpe'),
    array('tokenizer.ggml.tokens', STRING, tokens.map(text)),
    array('tokenizer.ggml.token_type', INT32, types.map(u32)),
    array('tokenizer.ggml.merges', STRING, [text('a b')]),
    number('tokenizer.ggml.bos_token_id', 1),
    number('tokenizer.ggml.eos_token_id', 2),
  ];
}

function writeTensor(file, tensor, noise) {
  const size = sizeOf(tensor);
  if (tensor.type === F32_TENSOR) {
    writeSync(file, Buffer.from(new Float32Array(tensor.dims[0]).fill(1).buffer));
  } else {
    const endRow = (tensor.dims[0] / 32) * 18;
    for (let written = 0; written < size; written += noise.length) {
      const piece = noise.subarray(0, Math.min(noise.length, size - written));
      if (tensor.name !== 'output.weight' || written > 0) writeSync(file, piece);
      else writeSync(file, Buffer.concat([piece.subarray(0, 2 * endRow), Buffer.alloc(endRow), piece.subarray(3 * endRow)]));
    }
  }
  writeSync(file, Buffer.alloc(padded(size) - size));
}

/** Q4_0: blocks of 32 weights, a half-precision scale and 16 bytes; a scale of 0.0044 makes weights of about 0.02. */
function randomBlocks(count) {
  const blocks = Buffer.alloc(count * 18);
  let state = 1;
  for (let block = 0; block < count; block += 1) {
    blocks.writeUInt16LE(0x1c81, block * 18);
    for (let byte = 0; byte < 16; byte += 4) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      blocks.writeUInt32LE((state ^ (state >>> 15)) >>> 0, block * 18 + 2 + byte);
    }
  }
  return blocks;
}

const sizeOf = ({ type, dims }) => (type === F32_TENSOR ? dims[0] * 4 : (dims[0] * dims[1] * 18) / 32);
const padded = (size) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

function byteLetters() {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCodePoint(isPrintable ? byte : next++);
  });
}

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function f32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const text = (value) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const number = (key, value) => Buffer.concat([text(key), u32(UINT32), u32(value)]);
const string = (key, value) => Buffer.concat([text(key), u32(STRING), text(value)]);
const array = (key, type, items) => Buffer.concat([text(key), u32(ARRAY), u32(type), u64(items.length), ...items]);
