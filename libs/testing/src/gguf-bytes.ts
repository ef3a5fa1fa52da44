export const U16 = 2;
export const U32 = 4;
export const F32 = 6;
export const BOOL = 7;
export const STRING = 8;
export const ARRAY = 9;
export const I32 = 5;

export type MetadataEntry = readonly [key: string, type: number, value: number | string | bigint | readonly (number | string)[] | Buffer];

export interface TensorBytes {
  readonly name: string;
  readonly dimensions: readonly (number | bigint)[];
  readonly type?: number;
  /** From the start of the data section; by default behind the tensor before it. */
  readonly offset?: bigint;
  readonly data: Buffer;
}

export interface GgufBytes {
  readonly magic?: string;
  readonly version?: number;
  readonly tensorCount?: bigint;
  readonly keyCount?: bigint;
  readonly metadata?: readonly MetadataEntry[];
  readonly tensors?: readonly TensorBytes[];
}

/** A GGUF file, written as it is told: every count and length can be a lie. */
export function ggufBytes({ magic = 'GGUF', version = 3, metadata = [], tensors = [], tensorCount, keyCount }: GgufBytes): Buffer {
  const entries = metadata.map(entry);
  let offset = 0n;
  const infos = tensors.map((tensor) => {
    const info = tensorInfo(tensor, offset);
    offset += BigInt(padded(tensor.data).length);
    return info;
  });
  const counts = [u64(tensorCount ?? BigInt(tensors.length)), u64(keyCount ?? BigInt(metadata.length))];
  const head = Buffer.concat([Buffer.from(magic, 'latin1'), u32(version), ...counts, ...entries, ...infos]);
  return Buffer.concat([padded(head), ...tensors.map(({ data }) => padded(data))]);
}

/** Metadata of an array that claims to be longer than it is. */
export function lyingArray(type: number, length: bigint): Buffer {
  return Buffer.concat([u32(type), u64(length)]);
}

/** Metadata of a text that claims to be longer than it is. */
export function lyingString(length: bigint): Buffer {
  return u64(length);
}

const SIZE = { width: 64, layers: 2, heads: 4, feedForward: 128, context: 4096, vocabulary: 260 };

/** Every byte as a letter, two control tokens before them and two pairs behind. */
export function tinyTokens(): string[] {
  return ['<s>', '</s>', ...Array.from({ length: 256 }, (_, byte) => letterOfByte(byte)), 'ab', 'cd'];
}

/** Metadata of a model that would load: llama architecture, byte-level vocabulary, no chat template. */
export function tinyMetadata(): MetadataEntry[] {
  const tokens = tinyTokens();
  return [
    ['general.architecture', STRING, 'llama'],
    ['general.file_type', U32, 0],
    ['llama.context_length', U32, SIZE.context],
    ['llama.embedding_length', U32, SIZE.width],
    ['llama.block_count', U32, SIZE.layers],
    ['llama.feed_forward_length', U32, SIZE.feedForward],
    ['llama.attention.head_count', U32, SIZE.heads],
    ['llama.attention.head_count_kv', U32, SIZE.heads],
    ['llama.rope.dimension_count', U32, SIZE.width / SIZE.heads],
    ['llama.attention.layer_norm_rms_epsilon', F32, 1e-5],
    ['tokenizer.ggml.model', STRING, 'gpt2'],
    ['tokenizer.ggml.pre', STRING, 'gpt-2'],
    ['tokenizer.ggml.tokens', ARRAY, tokens],
    ['tokenizer.ggml.token_type', ARRAY, tokens.map((_, index) => (index < 2 ? 3 : 1))],
    ['tokenizer.ggml.merges', ARRAY, ['a b', 'c d']],
    ['tokenizer.ggml.bos_token_id', U32, 0],
    ['tokenizer.ggml.eos_token_id', U32, 1],
  ];
}

/** The same with some entries replaced, or left out where the value is null. */
export function tinyMetadataWith(changes: Readonly<Record<string, MetadataEntry | null>>): MetadataEntry[] {
  const kept = tinyMetadata().flatMap((original) => {
    const change = changes[original[0]];
    return change === undefined ? [original] : change === null ? [] : [change];
  });
  const known = new Set(tinyMetadata().map(([key]) => key));
  return [...kept, ...Object.entries(changes).flatMap(([key, change]) => (change !== null && !known.has(key) ? [change] : []))];
}

/** Weights that fit that metadata: always the same noise. The greediest choice is never to end, so it never falls silent. */
export function tinyTensors(): TensorBytes[] {
  const { width, layers, feedForward, vocabulary } = SIZE;
  const random = noise(1);
  const matrix = (name: string, columns: number, rows: number): TensorBytes => ({
    name,
    dimensions: [columns, rows],
    data: floats(columns * rows, random),
  });
  const norm = (name: string): TensorBytes => ({ name, dimensions: [width], data: floats(width, () => 1) });
  const layer = (index: number): TensorBytes[] => [
    norm(`blk.${index}.attn_norm.weight`),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) => matrix(`blk.${index}.${name}.weight`, width, width)),
    norm(`blk.${index}.ffn_norm.weight`),
    matrix(`blk.${index}.ffn_gate.weight`, width, feedForward),
    matrix(`blk.${index}.ffn_up.weight`, width, feedForward),
    matrix(`blk.${index}.ffn_down.weight`, feedForward, width),
  ];
  return [
    matrix('token_embd.weight', width, vocabulary),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    norm('output_norm.weight'),
    silenced(matrix('output.weight', width, vocabulary), width),
  ];
}

/** Without a row of weights the first two tokens, which are control tokens, are never the likeliest. */
export function silenced(output: TensorBytes, width: number): TensorBytes {
  output.data.fill(0, 0, 2 * width * Float32Array.BYTES_PER_ELEMENT);
  return output;
}

/** A whole model that answers with endless noise. */
export function noiseModel(): Buffer {
  return ggufBytes({ metadata: tinyMetadata(), tensors: tinyTensors() });
}

function letterOfByte(byte: number): string {
  const isPrintable = (value: number): boolean => (value > 32 && value < 127) || (value > 160 && value !== 173);
  if (isPrintable(byte)) return String.fromCodePoint(byte);
  const before = Array.from({ length: byte }, (_, value) => value).filter((value) => !isPrintable(value)).length;
  return String.fromCodePoint(256 + before);
}

/** Always the same numbers for the same seed, small and around zero. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.6;
  };
}

export function floats(count: number, next: () => number): Buffer {
  return Buffer.from(Float32Array.from({ length: count }, next).buffer);
}

function entry([key, type, value]: MetadataEntry): Buffer {
  return Buffer.concat([text(key), u32(type), Buffer.isBuffer(value) ? value : valueBytes(type, value)]);
}

function valueBytes(type: number, value: Exclude<MetadataEntry[2], Buffer>): Buffer {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'bigint') return u64(value);
  if (typeof value === 'number') return numberBytes(type, value);
  const isText = typeof value[0] === 'string';
  const items = value.map((item) => (typeof item === 'string' ? text(item) : u32(item)));
  return Buffer.concat([u32(isText ? STRING : I32), u64(BigInt(value.length)), ...items]);
}

function numberBytes(type: number, value: number): Buffer {
  switch (type) {
    case U16:
      return Buffer.from(Uint16Array.of(value).buffer);
    case F32:
      return float(value);
    case BOOL:
      return Buffer.of(value);
    default:
      return u32(value);
  }
}

function tensorInfo({ name, dimensions, type = 0, offset }: TensorBytes, following: bigint): Buffer {
  const sizes = dimensions.map((dimension) => u64(BigInt(dimension)));
  return Buffer.concat([text(name), u32(dimensions.length), ...sizes, u32(type), u64(offset ?? following)]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(BigInt(bytes.length)), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
