import { ARRAY, floats, type MetadataEntry, STRING, type TensorBytes, tinyMetadata, U32 } from './gguf-bytes';
import type { Checkpoint } from './random-checkpoints';

const WIDTH = 288;
const FEED_FORWARD = 32;
const END = 1;
const NORMAL = 1;
const CONTROL = 3;

export interface LlamaScript {
  /** Tokens of one byte each, and `extraTokens`; none of them twice, since what comes next depends on the last one alone. */
  readonly says: readonly string[];
  /** Tokens that the vocabulary gets beside all bytes. */
  readonly extraTokens?: readonly string[];
  readonly areControl?: boolean;
  /** Whether the first token follows the last one, so that only a limit ends the answer. */
  readonly repeats?: boolean;
  /** Width of the feed-forward layer, which does nothing but take time: about 1 ms a token for every 4,096. */
  readonly feedForward?: number;
  readonly chatTemplate?: string;
}

/**
 * A llama model that says one thing to every prompt whose last character is not part of it: its layers pass everything
 * through, and its output has for every token one that follows.
 */
export function scriptedLlama({
  says,
  extraTokens = [],
  areControl = false,
  repeats = false,
  feedForward = FEED_FORWARD,
  chatTemplate,
}: LlamaScript): Checkpoint {
  const [vocabulary, types] = ['tokens', 'token_type'].map((key) => tinyMetadata().find(([name]) => name === `tokenizer.ggml.${key}`)?.[2]) as [
    readonly string[],
    readonly number[],
  ];
  const tokens = [...vocabulary, ...extraTokens];
  const tokenTypes = [...types, ...extraTokens.map(() => (areControl ? CONTROL : NORMAL))];
  const script = says.map((token) => tokens.indexOf(token));
  const last = repeats ? script[0] : END;
  const following = (token: number): number => script[script.indexOf(token) + 1] ?? last ?? END;
  const changes: MetadataEntry[] = [
    ['llama.embedding_length', U32, WIDTH],
    ['llama.block_count', U32, 1],
    ['llama.feed_forward_length', U32, feedForward],
    ['llama.rope.dimension_count', U32, WIDTH / 4],
    ['tokenizer.ggml.tokens', ARRAY, tokens],
    ['tokenizer.ggml.token_type', ARRAY, tokenTypes],
  ];
  const changed = new Set(changes.map(([key]) => key));
  return {
    metadata: [
      ...tinyMetadata().filter(([key]) => !changed.has(key)),
      ...changes,
      ...(chatTemplate === undefined ? [] : [['tokenizer.chat_template', STRING, chatTemplate] as const]),
    ],
    tensors: tensors(tokens.length, feedForward, following),
  };
}

/** Goes on for some fifteen seconds, however late anybody looks at it, stops it or asks for something else: about 250 tokens a second. */
export function slowLlama(): Checkpoint {
  return scriptedLlama({ says: ['o', 'n', '-'], repeats: true, feedForward: 16_384 });
}

function tensors(vocabulary: number, feedForward: number, following: (token: number) => number): TensorBytes[] {
  const zeros = (name: string, columns: number, rows: number): TensorBytes => ({ name, dimensions: [columns, rows], data: Buffer.alloc(columns * rows * 4) });
  const norm = (name: string): TensorBytes => ({ name, dimensions: [WIDTH], data: floats(WIDTH, () => 1) });
  const embedding = zeros('token_embd.weight', WIDTH, vocabulary);
  const output = zeros('output.weight', WIDTH, vocabulary);
  for (let token = 0; token < vocabulary; token++) {
    embedding.data.writeFloatLE(1, (token * WIDTH + token) * 4);
    output.data.writeFloatLE(4, (following(token) * WIDTH + token) * 4);
  }
  return [
    embedding,
    norm('blk.0.attn_norm.weight'),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) => zeros(`blk.0.${name}.weight`, WIDTH, WIDTH)),
    norm('blk.0.ffn_norm.weight'),
    zeros('blk.0.ffn_gate.weight', WIDTH, feedForward),
    zeros('blk.0.ffn_up.weight', WIDTH, feedForward),
    zeros('blk.0.ffn_down.weight', feedForward, WIDTH),
    norm('output_norm.weight'),
    output,
  ];
}
