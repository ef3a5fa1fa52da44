import { ARRAY, BOOL, floats, ggufBytes, type MetadataEntry, noise, STRING, type TensorBytes, tinyMetadata, tinyTensors, U32 } from './gguf-bytes';

const WIDTH = 64;
const ROWS = 260;

interface Neighbour {
  readonly architecture: string;
  readonly extra?: readonly MetadataEntry[];
  readonly tensors?: readonly TensorBytes[];
}

/** A file that a converter could have written for another kind of model: complete, and small. */
function neighbour({ architecture, extra = [], tensors = [] }: Neighbour): Buffer {
  const own = tinyMetadata().map(([key, type, value]): MetadataEntry => [
    key.replace(/^llama\./, `${architecture}.`),
    type,
    key === 'general.architecture' ? architecture : value,
  ]);
  const replaced = new Set(extra.map(([key]) => key));
  return ggufBytes({ metadata: [...own.filter(([key]) => !replaced.has(key)), ...extra], tensors });
}

const random = noise(5);

function matrix(name: string, columns = WIDTH, rows = WIDTH): TensorBytes {
  return { name, dimensions: [columns, rows], data: floats(columns * rows, random) };
}

const named = (...names: readonly string[]): TensorBytes[] => names.map((name) => matrix(name));
const embedding = matrix('token_embd.weight', WIDTH, ROWS);

function t5Tensors(...sides: readonly ('enc' | 'dec')[]): TensorBytes[] {
  const block = (side: string): string[] => ['attn_q', 'attn_k', 'attn_v', 'attn_o', 'ffn_up', 'ffn_down'].map((part) => `${side}.blk.0.${part}.weight`);
  const crossing = ['cross_attn_q', 'cross_attn_k', 'cross_attn_v', 'cross_attn_o'].map((part) => `dec.blk.0.${part}.weight`);
  return [embedding, ...named(...sides.flatMap((side) => [...block(side), ...(side === 'dec' ? crossing : [])]))];
}

const bertTensors = [embedding, ...named('token_types.weight', 'position_embd.weight', 'blk.0.attn_q.weight', 'blk.1.attn_q.weight')];
/** What a graph that could write has, so that nothing but what is said of it tells. */
const wholeTensors = tinyTensors();

/**
 * Sound GGUF files of what is no text generator, by name, with what is said about them. Some say what they are, some
 * show it by what they are made of alone.
 */
export function neighbourCheckpoints(): Readonly<Record<string, readonly [bytes: Buffer, reason: RegExp]>> {
  return {
    t5: [
      neighbour({
        architecture: 't5',
        extra: [
          ['t5.decoder_start_token_id', U32, 0],
          ['tokenizer.ggml.model', STRING, 't5'],
        ],
        tensors: t5Tensors('enc', 'dec'),
      }),
      /an encoder-decoder/,
    ],
    t5encoder: [neighbour({ architecture: 't5encoder', extra: [['tokenizer.ggml.model', STRING, 't5']], tensors: t5Tensors('enc') }), /an encoder\./],
    'an encoder-decoder of another name': [neighbour({ architecture: 'bart', tensors: t5Tensors('enc', 'dec') }), /an encoder-decoder/],
    'a decoder that starts with a token': [
      neighbour({ architecture: 'llama', extra: [['llama.decoder_start_token_id', U32, 0]], tensors: wholeTensors }),
      /an encoder-decoder/,
    ],
    bert: [
      neighbour({
        architecture: 'bert',
        extra: [
          ['bert.attention.causal', BOOL, 0],
          ['bert.pooling_type', U32, 1],
          ['tokenizer.ggml.model', STRING, 'bert'],
        ],
        tensors: bertTensors,
      }),
      /an embedding model/,
    ],
    'nomic-bert': [neighbour({ architecture: 'nomic-bert', extra: [['nomic-bert.pooling_type', U32, 1]], tensors: bertTensors }), /an embedding model/],
    'modern-bert': [neighbour({ architecture: 'modern-bert', tensors: [embedding, ...named('blk.0.attn_qkv.weight')] }), /an embedding model/],
    'a bert of another name': [neighbour({ architecture: 'roberta', tensors: bertTensors }), /an embedding model/],
    'gemma-embedding': [neighbour({ architecture: 'gemma-embedding', tensors: wholeTensors }), /an embedding model/],
    'a qwen3 that pools its last token': [
      neighbour({ architecture: 'qwen3', extra: [['qwen3.pooling_type', U32, 3]], tensors: wholeTensors }),
      /an embedding model/,
    ],
    'a llama that looks both ways': [neighbour({ architecture: 'llama', extra: [['llama.attention.causal', BOOL, 0]], tensors: wholeTensors }), /an encoder\./],
    'jina-reranker': [
      neighbour({
        architecture: 'jina-bert-v3',
        extra: [['jina-bert-v3.pooling_type', U32, 4]],
        tensors: [...bertTensors, matrix('cls.weight'), matrix('cls.output.weight', WIDTH, 1)],
      }),
      /a reranker/,
    ],
    'a qwen3 that ranks': [
      neighbour({
        architecture: 'qwen3',
        extra: [
          ['qwen3.pooling_type', U32, 4],
          ['qwen3.classifier.output_labels', ARRAY, ['yes', 'no']],
        ],
        tensors: wholeTensors,
      }),
      /a reranker/,
    ],
    'a classifier': [neighbour({ architecture: 'llama', tensors: [...wholeTensors, matrix('cls.output.weight', WIDTH, 2)] }), /a reranker or classifier/],
    dream: [neighbour({ architecture: 'dream', tensors: wholeTensors }), /a diffusion model/],
    llada: [neighbour({ architecture: 'llada', extra: [['llada.attention.causal', BOOL, 0]], tensors: wholeTensors }), /a diffusion model/],
    'a llama that fills in': [neighbour({ architecture: 'llama', extra: [['diffusion.shift_logits', BOOL, 1]], tensors: wholeTensors }), /a diffusion model/],
    clip: [
      neighbour({
        architecture: 'clip',
        extra: [['clip.has_vision_encoder', BOOL, 1]],
        tensors: named('v.patch_embd.weight', 'v.blk.0.attn_q.weight', 'mm.0.weight'),
      }),
      /a projector/,
    ],
    mmproj: [
      ggufBytes({
        metadata: [
          ['general.type', STRING, 'mmproj'],
          ['general.architecture', STRING, 'clip'],
          ['clip.projector_type', STRING, 'mlp'],
        ],
        tensors: named('mm.0.weight'),
      }),
      /a projector/,
    ],
    'a projector that says nothing of itself': [
      neighbour({ architecture: 'llama', tensors: named('a.blk.0.attn_q.weight', 'mm.a.mlp.1.weight') }),
      /a projector/,
    ],
    'a vocabulary': [neighbour({ architecture: 'llama' }), /a vocabulary without weights/],
    'an optimizer': [
      neighbour({ architecture: 'llama', tensors: named('optimizer.adam.first_moments', 'optimizer.adam.second_moments') }),
      /an optimizer's state/,
    ],
    "an optimizer in torch's words": [neighbour({ architecture: 'llama', tensors: named('state.0.exp_avg', 'state.0.exp_avg_sq') }), /an optimizer's state/],
    'an importance matrix': [
      ggufBytes({ metadata: [['general.type', STRING, 'imatrix']], tensors: named('blk.0.attn_q.weight.in_sum2') }),
      /an importance matrix/,
    ],
    'a control vector': [
      ggufBytes({ metadata: [['general.architecture', STRING, 'controlvector']], tensors: named('direction.1', 'direction.2') }),
      /a control vector/,
    ],
    eagle3: [neighbour({ architecture: 'eagle3', tensors: wholeTensors }), /a draft model/],
    'a vocoder': [neighbour({ architecture: 'wavtokenizer-dec', tensors: wholeTensors }), /a speech model/],
  };
}
