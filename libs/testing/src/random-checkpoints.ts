import {
  ARRAY,
  BOOL,
  F32,
  floats,
  type GgufBytes,
  ggufBytes,
  I32,
  type MetadataEntry,
  noise,
  silenced,
  STRING,
  type TensorBytes,
  tinyMetadata,
  tinyMetadataWith,
  tinyTensors,
  U16,
  U32,
} from './gguf-bytes';

/** What a GGUF file holds, before it is written. */
export type Checkpoint = Required<Pick<GgufBytes, 'metadata' | 'tensors'>>;

/** A tiny llama model of noise. It never falls silent by itself. */
export function randomLlama(extra: readonly MetadataEntry[] = []): Checkpoint {
  return { metadata: [...tinyMetadata(), ...extra], tensors: tinyTensors() };
}

const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

/** The same model, which speaks in bytes: its vocabulary is SentencePiece's for what no other piece covers, and nothing else. */
export function randomByteSpeaker(): Checkpoint {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const tokens = ['<s>', '<unk>', '</s>', '<sep>', ...bytes];
  const scores = Buffer.concat([
    Buffer.from(Uint32Array.of(F32).buffer),
    Buffer.from(BigUint64Array.of(BigInt(tokens.length)).buffer),
    floats(tokens.length, () => 0),
  ]);
  return speaking({
    'tokenizer.ggml.model': ['tokenizer.ggml.model', STRING, 'llama'],
    'tokenizer.ggml.pre': null,
    'tokenizer.ggml.merges': null,
    'tokenizer.ggml.tokens': ['tokenizer.ggml.tokens', ARRAY, tokens],
    'tokenizer.ggml.token_type': ['tokenizer.ggml.token_type', ARRAY, tokens.map((_, index) => (index >= 4 ? BYTE : index === 1 ? UNKNOWN : CONTROL))],
    'tokenizer.ggml.scores': ['tokenizer.ggml.scores', ARRAY, scores],
    'tokenizer.ggml.eos_token_id': ['tokenizer.ggml.eos_token_id', U32, 2],
  });
}

/** The same model with few words, each a letter: what it may say under a grammar, it must. */
export function randomLlamaOver(words: readonly string[]): Checkpoint {
  const tokens = tinyMetadata().find(([key]) => key === 'tokenizer.ggml.tokens')?.[2] as readonly string[];
  const types = tokens.map((token) => (words.includes(token) ? NORMAL : CONTROL));
  return speaking({ 'tokenizer.ggml.token_type': ['tokenizer.ggml.token_type', ARRAY, types] });
}

function speaking(changes: Readonly<Record<string, MetadataEntry | null>>): Checkpoint {
  return { metadata: tinyMetadataWith(changes), tensors: tinyTensors() };
}

/** The same model over a vocabulary as large as real ones have; what it has more than the small one is never likely. */
export function wideLlama(vocabulary: number): Checkpoint {
  const tokens = tinyMetadata().find(([key]) => key === 'tokenizer.ggml.tokens')?.[2] as readonly string[];
  const types = tinyMetadata().find(([key]) => key === 'tokenizer.ggml.token_type')?.[2] as readonly number[];
  const more = Array.from({ length: vocabulary - tokens.length }, (_, index) => `#${index}`);
  return {
    metadata: tinyMetadataWith({
      'tokenizer.ggml.tokens': ['tokenizer.ggml.tokens', ARRAY, [...tokens, ...more]],
      'tokenizer.ggml.token_type': ['tokenizer.ggml.token_type', ARRAY, [...types, ...more.map(() => NORMAL)]],
    }),
    tensors: tinyTensors().map((tensor) => {
      const [width, rows] = tensor.dimensions;
      return rows === tokens.length
        ? { ...tensor, dimensions: [width ?? 0, vocabulary], data: Buffer.concat([tensor.data, Buffer.alloc(more.length * Number(width) * 4)]) }
        : tensor;
    }),
  };
}

const DEEPSEEK = {
  width: 64,
  layers: 3,
  denseLayers: 1,
  heads: 4,
  queryRank: 32,
  latent: 32,
  rotated: 16,
  unrotated: 16,
  valueSize: 16,
  feedForward: 128,
  experts: 4,
  expertFeedForward: 32,
  vocabulary: 260,
};

/** A tiny model in DeepSeek-V3's layout: latent attention, one dense layer, then experts with a shared one. */
export function randomDeepseek2(): Checkpoint {
  const { width, layers, denseLayers, heads, queryRank, latent, rotated, unrotated, valueSize, feedForward, experts, expertFeedForward } = DEEPSEEK;
  const own: MetadataEntry[] = [
    ['general.architecture', STRING, 'deepseek2'],
    ['general.file_type', U32, 0],
    ['deepseek2.context_length', U32, 4096],
    ['deepseek2.embedding_length', U32, width],
    ['deepseek2.block_count', U32, layers],
    ['deepseek2.leading_dense_block_count', U32, denseLayers],
    ['deepseek2.feed_forward_length', U32, feedForward],
    ['deepseek2.attention.head_count', U32, heads],
    ['deepseek2.attention.head_count_kv', U32, 1],
    ['deepseek2.attention.layer_norm_rms_epsilon', F32, 1e-6],
    ['deepseek2.attention.q_lora_rank', U32, queryRank],
    ['deepseek2.attention.kv_lora_rank', U32, latent],
    ['deepseek2.attention.key_length', U32, latent + rotated],
    ['deepseek2.attention.value_length', U32, latent],
    ['deepseek2.attention.key_length_mla', U32, unrotated + rotated],
    ['deepseek2.attention.value_length_mla', U32, valueSize],
    ['deepseek2.rope.dimension_count', U32, rotated],
    ['deepseek2.rope.freq_base', F32, 10_000],
    ['deepseek2.expert_count', U32, experts],
    ['deepseek2.expert_used_count', U32, 2],
    ['deepseek2.expert_shared_count', U32, 1],
    ['deepseek2.expert_feed_forward_length', U32, expertFeedForward],
    ['deepseek2.expert_weights_scale', F32, 2.5],
    ['deepseek2.expert_weights_norm', BOOL, 1],
    ['deepseek2.expert_gating_func', U32, 2],
  ];
  return { metadata: [...own, ...tinyMetadata().filter(([key]) => key.startsWith('tokenizer.'))], tensors: deepseekTensors() };
}

function deepseekTensors(): TensorBytes[] {
  const { width, layers, denseLayers, heads, queryRank, latent, rotated, unrotated, valueSize, feedForward, experts, expertFeedForward, vocabulary } = DEEPSEEK;
  const random = noise(2);
  const tensor = (name: string, ...dimensions: number[]): TensorBytes => ({
    name,
    dimensions,
    data: floats(
      dimensions.reduce((product, size) => product * size, 1),
      random,
    ),
  });
  const norm = (name: string, size: number): TensorBytes => ({ name, dimensions: [size], data: floats(size, () => 1) });
  const attention = (block: string): TensorBytes[] => [
    norm(`${block}.attn_norm.weight`, width),
    tensor(`${block}.attn_q_a.weight`, width, queryRank),
    norm(`${block}.attn_q_a_norm.weight`, queryRank),
    tensor(`${block}.attn_q_b.weight`, queryRank, heads * (unrotated + rotated)),
    tensor(`${block}.attn_kv_a_mqa.weight`, width, latent + rotated),
    norm(`${block}.attn_kv_a_norm.weight`, latent),
    tensor(`${block}.attn_k_b.weight`, unrotated, latent, heads),
    tensor(`${block}.attn_v_b.weight`, latent, valueSize, heads),
    tensor(`${block}.attn_output.weight`, heads * valueSize, width),
    norm(`${block}.ffn_norm.weight`, width),
  ];
  const feed = (block: string, suffix: string, inner: number, ...copies: number[]): TensorBytes[] => [
    tensor(`${block}.ffn_gate${suffix}.weight`, width, inner, ...copies),
    tensor(`${block}.ffn_up${suffix}.weight`, width, inner, ...copies),
    tensor(`${block}.ffn_down${suffix}.weight`, inner, width, ...copies),
  ];
  const expertLayer = (block: string): TensorBytes[] => [
    tensor(`${block}.ffn_gate_inp.weight`, width, experts),
    tensor(`${block}.exp_probs_b.bias`, experts),
    ...feed(block, '_exps', expertFeedForward, experts),
    ...feed(block, '_shexp', expertFeedForward),
  ];
  const layer = (index: number): TensorBytes[] => {
    const block = `blk.${index}`;
    return [...attention(block), ...(index < denseLayers ? feed(block, '', feedForward) : expertLayer(block))];
  };
  return [
    tensor('token_embd.weight', width, vocabulary),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    norm('output_norm.weight', width),
    silenced(tensor('output.weight', width, vocabulary), width),
  ];
}

const MAMBA = { width: 64, layers: 2, inner: 128, state: 16, convolution: 4, rank: 4, vocabulary: 260 };

/** A tiny recurrent model: what it has read is one state that cannot be cut back. */
export function randomMamba(): Checkpoint {
  const { width, layers, inner, state, convolution, rank, vocabulary } = MAMBA;
  const random = noise(4);
  const tensor = (name: string, ...dimensions: number[]): TensorBytes => ({
    name,
    dimensions,
    data: floats(
      dimensions.reduce((product, size) => product * size, 1),
      random,
    ),
  });
  const constant = (name: string, value: number, ...dimensions: number[]): TensorBytes => ({
    name,
    dimensions,
    data: floats(
      dimensions.reduce((product, size) => product * size, 1),
      () => value,
    ),
  });
  const layer = (index: number): TensorBytes[] => {
    const block = `blk.${index}`;
    return [
      constant(`${block}.attn_norm.weight`, 1, width),
      tensor(`${block}.ssm_in.weight`, width, 2 * inner),
      tensor(`${block}.ssm_conv1d.weight`, convolution, inner),
      tensor(`${block}.ssm_conv1d.bias`, inner),
      tensor(`${block}.ssm_x.weight`, inner, rank + 2 * state),
      tensor(`${block}.ssm_dt.weight`, rank, inner),
      tensor(`${block}.ssm_dt.bias`, inner),
      constant(`${block}.ssm_a`, -1, state, inner),
      constant(`${block}.ssm_d`, 1, inner),
      tensor(`${block}.ssm_out.weight`, inner, width),
    ];
  };
  return {
    metadata: [
      ['general.architecture', STRING, 'mamba'],
      ['general.file_type', U32, 0],
      ['mamba.context_length', U32, 4096],
      ['mamba.embedding_length', U32, width],
      ['mamba.feed_forward_length', U32, 0],
      ['mamba.attention.head_count', U32, 0],
      ['mamba.block_count', U32, layers],
      ['mamba.ssm.conv_kernel', U32, convolution],
      ['mamba.ssm.inner_size', U32, inner],
      ['mamba.ssm.state_size', U32, state],
      ['mamba.ssm.time_step_rank', U32, rank],
      ['mamba.attention.layer_norm_rms_epsilon', F32, 1e-5],
      ...tinyMetadata().filter(([key]) => key.startsWith('tokenizer.')),
    ],
    tensors: [
      tensor('token_embd.weight', width, vocabulary),
      ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
      constant('output_norm.weight', 1, width),
      silenced(tensor('output.weight', width, vocabulary), width),
    ],
  };
}

const LORA_RANK = 4;

/** A LoRA of noise over the query and output projections of `randomLlama`, or said to be for another architecture. */
export function randomLora(architecture = 'llama'): Checkpoint {
  const random = noise(3);
  const tensors = tinyTensors()
    .filter(({ name }) => /attn_(q|output)/.test(name))
    .flatMap(({ name, dimensions }): TensorBytes[] => {
      const [columns, rows] = dimensions.map(Number) as [number, number];
      return [
        { name: `${name}.lora_a`, dimensions: [columns, LORA_RANK], data: floats(columns * LORA_RANK, random) },
        { name: `${name}.lora_b`, dimensions: [LORA_RANK, rows], data: floats(LORA_RANK * rows, random) },
      ];
    });
  return {
    metadata: [
      ['general.type', STRING, 'adapter'],
      ['general.architecture', STRING, architecture],
      ['adapter.type', STRING, 'lora'],
      ['adapter.lora.alpha', F32, 8],
    ],
    tensors,
  };
}

/** The files of a split checkpoint by name; only the first has the metadata. */
export function splitGguf({ metadata, tensors }: Checkpoint, prefix: string, parts: number): Map<string, Buffer> {
  const perPart = Math.ceil(tensors.length / parts);
  const counted = (index: number): MetadataEntry[] => [
    ['split.no', U16, index],
    ['split.count', U16, parts],
    ['split.tensors.count', I32, tensors.length],
  ];
  const number = (value: number): string => String(value).padStart(5, '0');
  return new Map(
    Array.from({ length: parts }, (_, index) => [
      `${prefix}-${number(index + 1)}-of-${number(parts)}.gguf`,
      ggufBytes({
        metadata: [...(index === 0 ? metadata : []), ...counted(index)],
        tensors: tensors.slice(index * perPart, (index + 1) * perPart),
      }),
    ]),
  );
}
