import {
  ARRAY,
  BOOL,
  F32,
  type GgufBytes,
  ggufBytes,
  lyingArray,
  lyingString,
  type MetadataEntry,
  STRING,
  tinyMetadata,
  tinyMetadataWith,
  tinyTensors,
  tinyTokens,
  U32,
} from './gguf-bytes';
import { type Checkpoint, randomLlama, randomMamba } from './random-checkpoints';

/** Types of tensors. */
const F16 = 1;
const I16 = 25;
const F64 = 28;
const HUGE = 2n ** 61n;

function model(changes: Partial<GgufBytes> = {}): Buffer {
  return ggufBytes({ metadata: tinyMetadata(), tensors: tinyTensors(), ...changes });
}

function changed(key: string, type: number, value: MetadataEntry[2]): Buffer {
  return model({ metadata: tinyMetadataWith({ [key]: [key, type, value] }) });
}

function firstTensor(change: Partial<ReturnType<typeof tinyTensors>[number]>): Buffer {
  const [first, ...others] = tinyTensors();
  return model({ tensors: [{ ...first!, ...change }, ...others] });
}

/** With a tensor of another type, and of the size that goes with it. */
function typed(name: string, type: number, valueBytes: number, { metadata, tensors }: Checkpoint = randomLlama()): Buffer {
  const retyped = tensors.map((tensor) => {
    const values = tensor.dimensions.reduce<number>((product, size) => product * Number(size), 1);
    return tensor.name === name ? { ...tensor, type, data: Buffer.alloc(values * valueBytes) } : tensor;
  });
  return ggufBytes({ metadata, tensors: retyped });
}

/** Files that a look at the header already refuses, by name, with what is said about them. */
export function refusedCheckpoints(): Readonly<Record<string, readonly [bytes: Buffer, reason: RegExp]>> {
  return {
    empty: [Buffer.alloc(0), /only 0 bytes long/],
    'three-bytes': [Buffer.from('GGU'), /only 3 bytes long/],
    'wrong-magic': [model({ magic: 'GGML' }), /does not begin with "GGUF"/],
    'version-0': [model({ version: 0 }), /version is 0/],
    'version-99': [model({ version: 99 }), /version is 99/],
    'big-endian': [model({ version: 0x03000000 }), /big-endian/],
    'huge-key-count': [model({ keyCount: HUGE }), /claims a length/],
    'many-tensors': [model({ tensorCount: 10_000_000n }), /claims to hold 10000000 tensors/],
    'huge-array': [changed('tokenizer.ggml.tokens', ARRAY, lyingArray(STRING, 2n ** 40n)), /list of .* entries would reach past its end/],
    'huge-string': [changed('general.architecture', STRING, lyingString(2n ** 40n)), /would reach past its end/],
    'repeated-key': [model({ metadata: [...tinyMetadata(), ['general.architecture', STRING, 'gpt2']] }), /say "general.architecture" twice/],
    'unknown-architecture': [
      model({
        metadata: tinyMetadataWith({
          'general.architecture': ['general.architecture', STRING, 'nonsense'],
          'nonsense.block_count': ['nonsense.block_count', U32, 2],
        }),
      }),
      /no graph for its architecture "nonsense"/,
    ],
    'no-architecture': [model({ metadata: tinyMetadataWith({ 'general.architecture': null }) }), /names no general.architecture/],
    'no-layers': [model({ metadata: tinyMetadataWith({ 'llama.block_count': null }) }), /no llama.block_count/],
    'endless-layers': [changed('llama.block_count', U32, 4_000_000_000), /block_count is 4000000000/],
    'too-many-layers': [changed('llama.block_count', U32, 513), /block_count is 513/],
    'missing-layer': [model({ tensors: tinyTensors().filter(({ name }) => !name.startsWith('blk.1.')) }), /no tensors of the layer 2 of 2/],
    'stray-layer': [changed('llama.block_count', U32, 1), /tensors of the layer 2, and says that it has 1 layers/],
    'no-embedding': [model({ tensors: tinyTensors().slice(1) }), /no tensor "token_embd.weight"/],
    'odd-heads': [changed('llama.attention.head_count_kv', U32, 3), /4 heads cannot share 3 keys and values/],
    'unknown-scaling': [changed('llama.rope.scaling.type', STRING, 'magic'), /rope.scaling.type is magic/],
    'unused-experts': [changed('llama.expert_count', U32, 4), /uses 0 of its 4 experts/],
    'more-experts-than-there-are': [changed('llama.expert_used_count', U32, 2), /uses 2 of its 0 experts/],
    'countless-experts': [
      model({ metadata: [...tinyMetadata(), ['llama.expert_count', U32, 2_000], ['llama.expert_used_count', U32, 2]] }),
      /expert_count is 2000/,
    ],
    'lonely-group': [
      model({ metadata: [...tinyMetadata(), ['llama.expert_count', U32, 4], ['llama.expert_used_count', U32, 2], ['llama.expert_group_count', U32, 3]] }),
      /expert_group_count is 3/,
    ],
    'no-heads': [changed('llama.attention.head_count', U32, 0), /head_count is 0/],
    'no-vocabulary': [model({ metadata: tinyMetadataWith({ 'tokenizer.ggml.tokens': null }) }), /vocabulary has 0 tokens/],
    'one-token': [changed('tokenizer.ggml.tokens', ARRAY, ['a']), /vocabulary has 1 tokens/],
    'tokens-that-are-numbers': [changed('tokenizer.ggml.tokens', ARRAY, [1, 2, 3]), /are no texts/],
    'repeated-token': [changed('tokenizer.ggml.tokens', ARRAY, tinyTokens().with(7, 'ab')), /holds the token "ab" twice/],
    'repeated-empty-token': [changed('tokenizer.ggml.tokens', ARRAY, tinyTokens().with(7, '').with(9, '[EMPTY_7]')), /holds the token "\[EMPTY_7\]" twice/],
    'few-token-types': [changed('tokenizer.ggml.token_type', ARRAY, [1, 1, 1]), /token_type has 3 entries for 260 tokens/],
    'few-scores': [changed('tokenizer.ggml.scores', ARRAY, [1, 1]), /scores has 2 entries for 260 tokens/],
    'no-merges': [model({ metadata: tinyMetadataWith({ 'tokenizer.ggml.merges': null }) }), /no merges/],
    'end-out-of-range': [changed('tokenizer.ggml.eos_token_id', U32, 260), /eos token 260 is not in its vocabulary of 260/],
    'separator-out-of-range': [changed('tokenizer.ggml.seperator_token_id', U32, 999), /seperator token 999/],
    'more-tokens-than-rows': [changed('tokenizer.ggml.tokens', ARRAY, [...tinyTokens(), 'ef']), /260 rows for a vocabulary of 261|entries for 261/],
    'no-byte-tokens': [changed('tokenizer.ggml.model', STRING, 'llama'), /no token for the byte 0x01/],
    'no-escaped-bytes': [changed('tokenizer.ggml.model', STRING, 'rwkv'), /no token for the byte 0x01/],
    'beginning-without-token': [
      model({
        metadata: tinyMetadataWith({
          'tokenizer.ggml.model': ['tokenizer.ggml.model', STRING, 'gemma4'],
          'tokenizer.ggml.bos_token_id': null,
          'tokenizer.ggml.add_bos_token': ['tokenizer.ggml.add_bos_token', BOOL, 1],
        }),
      }),
      /wants an? bos token/,
    ],
    'half-copied': [model().subarray(0, 60_000), /not copied completely/],
    'offset-past-end': [firstTensor({ offset: 2n ** 50n }), /past the end of the file/],
    'no-dimension': [firstTensor({ dimensions: [64, 0] }), /impossible shape/],
    'dimensions-overflow': [firstTensor({ dimensions: [2n ** 40n, 2n ** 40n] }), /impossible shape/],
    'unknown-tensor-type': [firstTensor({ type: 77 }), /unknown type 77/],
    'half-precise-norm': [typed('output_norm.weight', F16, 2), /"output_norm.weight" is of the type F16/],
    'doubly-precise-weights': [typed('blk.0.attn_q.weight', F64, 8), /"blk.0.attn_q.weight" is of the type F64/],
    'whole-numbers-for-weights': [typed('token_embd.weight', I16, 2), /"token_embd.weight" is of the type I16/],
    'negative-epsilon': [changed('llama.attention.layer_norm_rms_epsilon', F32, -1), /layer_norm_rms_epsilon is -1/],
    'alignment-3': [changed('general.alignment', U32, 3), /general.alignment/],
    'alignment-text': [changed('general.alignment', STRING, 'eight'), /general.alignment/],
  };
}

/** Files of which only llama.cpp notices that they are wrong, and says so. */
export function containedCheckpoints(): Readonly<Record<string, readonly [bytes: Buffer, reason: RegExp]>> {
  return {
    'unknown-tokenizer': [changed('tokenizer.ggml.model', STRING, 'nonsense'), /unknown tokenizer: 'nonsense'/],
    'unknown-pre-tokenizer': [changed('tokenizer.ggml.pre', STRING, 'nonsense'), /unknown pre-tokenizer type: 'nonsense'/],
    'no-hyperparameters': [model({ metadata: tinyMetadataWith({ 'llama.embedding_length': null }) }), /llama.embedding_length/],
    'missing-tensor': [model({ tensors: tinyTensors().filter(({ name }) => name !== 'blk.1.ffn_up.weight') }), /missing tensor/],
    'broken-template': [model({ metadata: [...tinyMetadata(), ['tokenizer.chat_template', STRING, '{% for %}{{']] }), /chat template/],
  };
}

/** As another architecture would say the same. */
function renamed(architecture: string, changes: Readonly<Record<string, MetadataEntry>>): MetadataEntry[] {
  return tinyMetadataWith({ 'general.architecture': ['general.architecture', STRING, architecture] }).map(([key, type, value]) => {
    const own = key.replace(/^llama\./, `${architecture}.`);
    return changes[own] ?? [own, type, value];
  });
}

/** Files that nothing in their header gives away, and over which llama.cpp ends its process, with the last thing it says. */
export function fatalCheckpoints(): Readonly<Record<string, readonly [bytes: Buffer, reason: RegExp]>> {
  return {
    /** When its graph is built. */
    'half-turned-heads': [
      model({ metadata: renamed('baichuan', { 'baichuan.rope.dimension_count': ['baichuan.rope.dimension_count', U32, 8] }) }),
      /GGML_ASSERT\(n_embd_head == n_rot\)/,
    ],
    /** With the first token that it reads. */
    'half-precise-convolution': [typed('blk.0.ssm_conv1d.weight', F16, 2, randomMamba()), /SIG(?:ABRT|SEGV)/],
  };
}
