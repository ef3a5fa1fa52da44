import {
  ARRAY,
  type GgufBytes,
  ggufBytes,
  lyingArray,
  lyingString,
  type MetadataEntry,
  STRING,
  tinyMetadata,
  tinyMetadataWith,
  tinyTensors,
  U32,
} from './gguf-bytes';

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

/** Files that a look at the header already refuses, by name, with what is said about them. */
export const REFUSED_CHECKPOINTS: Readonly<Record<string, readonly [bytes: Buffer, reason: RegExp]>> = {
  'empty': [Buffer.alloc(0), /only 0 bytes long/],
  'three-bytes': [Buffer.from('GGU'), /only 3 bytes long/],
  'wrong-magic': [model({ magic: 'GGML' }), /does not begin with "GGUF"/],
  'version-0': [model({ version: 0 }), /version is 0/],
  'version-99': [model({ version: 99 }), /version is 99/],
  'big-endian': [model({ version: 0x03000000 }), /big-endian/],
  'huge-key-count': [model({ keyCount: HUGE }), /claims a length/],
  'many-tensors': [model({ tensorCount: 10_000_000n }), /claims to hold 10000000 tensors/],
  'huge-array': [changed('tokenizer.ggml.tokens', ARRAY, lyingArray(STRING, 2n ** 40n)), /list of .* entries would reach past its end/],
  'huge-string': [changed('general.architecture', STRING, lyingString(2n ** 40n)), /would reach past its end/],
  'no-architecture': [model({ metadata: tinyMetadataWith({ 'general.architecture': null }) }), /names no general.architecture/],
  'no-layers': [model({ metadata: tinyMetadataWith({ 'llama.block_count': null }) }), /no llama.block_count/],
  'endless-layers': [changed('llama.block_count', U32, 4_000_000_000), /block_count is 4000000000/],
  'no-heads': [changed('llama.attention.head_count', U32, 0), /head_count is 0/],
  'no-vocabulary': [model({ metadata: tinyMetadataWith({ 'tokenizer.ggml.tokens': null }) }), /vocabulary has 0 tokens/],
  'one-token': [changed('tokenizer.ggml.tokens', ARRAY, ['a']), /vocabulary has 1 tokens/],
  'half-copied': [model().subarray(0, 60_000), /not copied completely/],
  'offset-past-end': [firstTensor({ offset: 2n ** 50n }), /past the end of the file/],
  'no-dimension': [firstTensor({ dimensions: [64, 0] }), /impossible shape/],
  'dimensions-overflow': [firstTensor({ dimensions: [2n ** 40n, 2n ** 40n] }), /impossible shape/],
  'unknown-tensor-type': [firstTensor({ type: 77 }), /unknown type 77/],
  'alignment-3': [changed('general.alignment', U32, 3), /general.alignment/],
  'alignment-text': [changed('general.alignment', STRING, 'eight'), /general.alignment/],
};

/** Files of which only llama.cpp notices that they are wrong, with an error or with its life. */
export const CONTAINED_CHECKPOINTS: Readonly<Record<string, readonly [bytes: Buffer, code: string, reason: RegExp]>> = {
  'unknown-architecture': [
    model({
      metadata: tinyMetadataWith({
        'general.architecture': ['general.architecture', STRING, 'nonsense'],
        'nonsense.block_count': ['nonsense.block_count', U32, 2],
      }),
    }),
    'model_invalid',
    /unknown model architecture: 'nonsense'/,
  ],
  'no-hyperparameters': [model({ metadata: tinyMetadataWith({ 'llama.embedding_length': null }) }), 'model_invalid', /llama.embedding_length/],
  'missing-tensor': [model({ tensors: tinyTensors().slice(0, 5) }), 'model_invalid', /missing tensor/],
  'broken-template': [model({ metadata: [...tinyMetadata(), ['tokenizer.chat_template', STRING, '{% for %}{{']] }), 'model_invalid', /chat template/],
  'fatal-vocabulary': [changed('tokenizer.ggml.model', STRING, 'llama'), 'local_model_crashed', /out_of_range/],
};
