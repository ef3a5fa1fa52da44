import { ARRAY, F32, floats, type MetadataEntry, STRING, type TensorBytes, tinyMetadata, U32 } from './gguf-bytes';
import type { Checkpoint } from './random-checkpoints';

const CONTEXT = 512;
const FEED_FORWARD = 32;
const NORMAL = 1;
const CONTROL = 3;

export interface Recital {
  /** Tokens in any order and as often as is wanted; behind them the model ends by `ends`. */
  readonly says: readonly string[];
  /** How many tokens stand before them, the prompt's. */
  readonly after: number;
  /** Tokens that the vocabulary gets beside all bytes, and whether they are text. */
  readonly extraTokens?: readonly string[];
  readonly extraType?: number;
  readonly chatTemplate?: string;
  /** Default: the vocabulary's own. */
  readonly ends?: string;
  /** Another vocabulary than the one of all bytes. */
  readonly vocabulary?: { readonly kind: string; readonly tokens: readonly string[]; readonly types: readonly number[] };
}

/**
 * A model that recites: what it says depends on the place alone, which the layout of GPT-2 has an embedding for. Its
 * layers pass everything through.
 */
export function recitingGpt2({ says, after, extraTokens = [], extraType = CONTROL, chatTemplate, ends = '</s>', vocabulary }: Recital): Checkpoint {
  const tiny = (key: string) => tinyMetadata().find(([name]) => name === `tokenizer.ggml.${key}`)?.[2];
  const tokens = [...(vocabulary?.tokens ?? (tiny('tokens') as readonly string[])), ...extraTokens];
  const types = [...(vocabulary?.types ?? (tiny('token_type') as readonly number[])), ...extraTokens.map(() => extraType)];
  const idOf = (token: string): number => {
    const id = tokens.indexOf(token);
    if (id < 0) throw new Error(`the vocabulary has no ${token}`);
    return id;
  };
  const metadata: MetadataEntry[] = [
    ['general.architecture', STRING, 'gpt2'],
    ['general.file_type', U32, 0],
    ['gpt2.context_length', U32, CONTEXT],
    ['gpt2.embedding_length', U32, CONTEXT],
    ['gpt2.block_count', U32, 1],
    ['gpt2.feed_forward_length', U32, FEED_FORWARD],
    ['gpt2.attention.head_count', U32, 8],
    ['gpt2.attention.layer_norm_epsilon', F32, 1e-5],
    ['tokenizer.ggml.model', STRING, vocabulary?.kind ?? 'gpt2'],
    ['tokenizer.ggml.pre', STRING, 'gpt-2'],
    ['tokenizer.ggml.tokens', ARRAY, tokens],
    ['tokenizer.ggml.token_type', ARRAY, types],
    ['tokenizer.ggml.merges', ARRAY, ['a b', 'c d']],
    ['tokenizer.ggml.bos_token_id', U32, 0],
    ['tokenizer.ggml.eos_token_id', U32, idOf(ends)],
    ...(chatTemplate === undefined ? [] : [['tokenizer.chat_template', STRING, chatTemplate] as const]),
  ];
  const recited = [...says.map(idOf), ...Array.from({ length: CONTEXT }, () => idOf(ends))];
  return { metadata, tensors: tensors(tokens.length, (place) => recited[Math.max(0, place - after + 1)] ?? 0) };
}

function tensors(vocabulary: number, tokenAt: (place: number) => number): TensorBytes[] {
  const filled = (name: string, value: number, ...dimensions: number[]): TensorBytes => ({
    name,
    dimensions,
    data: floats(
      dimensions.reduce((product, size) => product * size, 1),
      () => value,
    ),
  });
  const linear = (name: string, columns: number, rows: number): TensorBytes[] => [filled(`${name}.weight`, 0, columns, rows), filled(`${name}.bias`, 0, rows)];
  const norm = (name: string): TensorBytes[] => [filled(`${name}.weight`, 1, CONTEXT), filled(`${name}.bias`, 0, CONTEXT)];
  const places = filled('position_embd.weight', 0, CONTEXT, CONTEXT);
  const output = filled('output.weight', 0, CONTEXT, vocabulary);
  for (let place = 0; place < CONTEXT; place++) {
    places.data.writeFloatLE(1, (place * CONTEXT + place) * 4);
    output.data.writeFloatLE(1, (tokenAt(place) * CONTEXT + place) * 4);
  }
  return [
    filled('token_embd.weight', 0, CONTEXT, vocabulary),
    places,
    ...norm('blk.0.attn_norm'),
    ...linear('blk.0.attn_qkv', CONTEXT, 3 * CONTEXT),
    ...linear('blk.0.attn_output', CONTEXT, CONTEXT),
    ...norm('blk.0.ffn_norm'),
    ...linear('blk.0.ffn_up', CONTEXT, FEED_FORWARD),
    ...linear('blk.0.ffn_down', FEED_FORWARD, CONTEXT),
    ...norm('output_norm'),
    output,
  ];
}

/** RWKV's way of writing tokens: text, and bytes as Python writes them; every byte is one. */
export function rwkvVocabulary(more: readonly string[]): NonNullable<Recital['vocabulary']> {
  const bytes = Array.from({ length: 256 }, (_, byte) =>
    byte > 32 && byte < 127 && byte !== 92 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  const tokens = [...new Set(['<s>', '</s>', ...bytes, ...more])];
  return { kind: 'rwkv', tokens, types: tokens.map((_, index) => (index < 2 ? CONTROL : NORMAL)) };
}
