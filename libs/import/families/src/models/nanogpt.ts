import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, type Fields, numberIn, textIn } from '../fields';
import type { Checkpoint, Family, Model } from '../model';
import { characterTokenizer, gpt2Tokenizer, noTokenizer, tokenizerBeside } from '../tokenizers/choose-tokenizer';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import { transposed } from '../weights/computed';
import type { Rows } from '../weights/rows';
import type { Weights } from '../weights/weights';
import { type Affine, type Gpt2Block, gpt2Metadata, type Gpt2Parts, type Gpt2Sizes, layGpt2 } from './gpt2-graph';
import { headsFor } from './gpt2-heads';
import { isQuantised, quantised } from './hugging-face';
import { recordOf } from './record-of';

const EPSILON = 1e-5;
/** What the code computes again: masks, and the value behind them. */
const MASKS = /^(?:transformer\.)?h\.\d+\.attn\.(?:bias|masked_bias)$/;

/** nanoGPT, minGPT and Hugging Face's GPT-2, which share their names. */
export const nanoGpt: Family = {
  recognises: ({ weights }) => prefixOf(weights) !== undefined,

  read: (checkpoint) => {
    const { weights, beside, config } = checkpoint;
    if (isQuantised(config)) throw quantised();
    refuseOtherForms(config);
    const prefix = prefixOf(weights) ?? '';
    const rows = weights.rows(`${prefix}wte.weight`);
    const hidden = weights.cols(`${prefix}wte.weight`);
    const { heads, assumptions } = headsFor(hidden, numberIn(argumentsOf(checkpoint), 'n_head') ?? numberIn(config, 'n_head', 'num_attention_heads'));
    const tokenizer = characterTokenizer(beside, rows) ?? tokenizerBeside(beside, rows) ?? gpt2Tokenizer(rows);
    if (tokenizer === undefined) throw noTokenizer(rows, 'meta.pkl (characters) or tokenizer.json');
    const isTurned = weights.rows(`${prefix}h.0.attn.c_attn.weight`) === hidden;
    const sizes: Gpt2Sizes = {
      hidden,
      inner: isTurned ? weights.cols(`${prefix}h.0.mlp.c_fc.weight`) : weights.rows(`${prefix}h.0.mlp.c_fc.weight`),
      layers: weights.count(/^(?:transformer\.)?h\.(\d+)\./),
      heads,
      context: weights.rows(`${prefix}wpe.weight`),
      epsilon: numberIn(config, 'layer_norm_epsilon') ?? EPSILON,
    };
    return {
      family: familyOf(checkpoint, isTurned),
      assumptions,
      contextLength: sizes.context,
      metadata: gpt2Metadata(sizes),
      tokenizer,
      chatTemplate: chatTemplateBeside(beside),
      stopStrings: [],
      lay: (plan) => {
        layGpt2(plan, partsOf(weights, prefix, sizes, isTurned, rows), tokenizer.addsEnd);
        weights.leaveOut(MASKS);
      },
    } satisfies Model;
  },
};

/** They differ in what they keep beside the weights, and in how a matrix lies. */
function familyOf({ extras }: Checkpoint, isTurned: boolean): string {
  if (isTurned) return 'hf-gpt2';
  return extras.has('model_args') ? 'nanogpt' : 'mingpt';
}

function prefixOf(weights: Weights): string | undefined {
  return ['transformer.', ''].find((prefix) => ['wte', 'wpe', 'h.0.attn.c_attn'].every((part) => weights.has(`${prefix}${part}.weight`)));
}

/** nanoGPT keeps `model_args`; others keep the object their configuration is. */
function argumentsOf({ extras }: Checkpoint): Fields {
  return recordOf(extras.get('model_args') ?? extras.get('config') ?? null);
}

function partsOf(weights: Weights, prefix: string, sizes: Gpt2Sizes, isTurned: boolean, rows: number): Gpt2Parts {
  const { hidden, inner, layers, context } = sizes;
  const norm = (name: string): Affine => ({
    weight: weights.vector(`${prefix}${name}.weight`, hidden),
    bias: weights.vectorIfThere(`${prefix}${name}.bias`, hidden),
  });
  // Hugging Face keeps these the other way round than a linear layer.
  const linear = (name: string, out: number, into: number): Affine => {
    const weight: Rows = isTurned ? transposed(weights.matrix(`${prefix}${name}.weight`, into, out)) : weights.matrix(`${prefix}${name}.weight`, out, into);
    return { weight, bias: weights.vectorIfThere(`${prefix}${name}.bias`, out) };
  };
  const block = (index: number): Gpt2Block => ({
    attentionNorm: norm(`h.${index}.ln_1`),
    queryKeyValue: linear(`h.${index}.attn.c_attn`, 3 * hidden, hidden),
    attentionOutput: linear(`h.${index}.attn.c_proj`, hidden, hidden),
    feedForwardNorm: norm(`h.${index}.ln_2`),
    up: linear(`h.${index}.mlp.c_fc`, inner, hidden),
    down: linear(`h.${index}.mlp.c_proj`, hidden, inner),
  });
  return {
    embedding: weights.matrix(`${prefix}wte.weight`, rows, hidden),
    positions: weights.matrix(`${prefix}wpe.weight`, context, hidden),
    blocks: Array.from({ length: layers }, (_, index) => block(index)),
    outputNorm: norm('ln_f'),
    head: weights.has('lm_head.weight') ? weights.matrix('lm_head.weight', rows, hidden) : undefined,
  };
}

/** What a configuration of `transformers` can ask of GPT-2 and llama.cpp's graph does not do. */
function refuseOtherForms(config: Fields): void {
  const activation = textIn(config, 'activation_function');
  const other = [
    activation !== undefined && !activation.startsWith('gelu') ? `activation_function ${activation}` : '',
    booleanIn(config, 'scale_attn_weights') === false ? 'scale_attn_weights' : '',
    booleanIn(config, 'scale_attn_by_inverse_layer_idx') === true ? 'scale_attn_by_inverse_layer_idx' : '',
    booleanIn(config, 'add_cross_attention') === true ? 'add_cross_attention' : '',
  ].filter((form) => form !== '');
  if (other.length > 0) throw new RefusedCheckpoint('configuration', `llama.cpp’s GPT-2 does not do what config.json asks for: ${other.join(', ')}.`);
}
