import { numberIn } from '../fields';
import type { Family, Model } from '../model';
import { gpt2Tokenizer, noTokenizer, tokenizerBeside } from '../tokenizers/choose-tokenizer';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import { constant, type Rows, stacked } from '../weights/rows';
import type { Weights } from '../weights/weights';
import { type Affine, type Gpt2Block, gpt2Metadata, type Gpt2Sizes, layGpt2 } from './gpt2-graph';
import { headsFor } from './gpt2-heads';

const BLOCK = 'trf_blocks.0';
/** The code of the book computes with this, whatever a configuration says. */
const EPSILON = 1e-5;
const MASKS = /^trf_blocks\.\d+\.att\.mask$/;

/** The GPT of "Build a Large Language Model (From Scratch)": GPT-2 with queries, keys and values apart. */
export const fromScratch: Family = {
  recognises: ({ weights }) => ['tok_emb.weight', 'pos_emb.weight', `${BLOCK}.att.W_query.weight`].every((name) => weights.has(name)),

  read: ({ weights, beside, config }) => {
    const rows = weights.rows('tok_emb.weight');
    const hidden = weights.cols('tok_emb.weight');
    const { heads, assumptions } = headsFor(hidden, numberIn(config, 'n_heads', 'n_head', 'num_heads'));
    const tokenizer = tokenizerBeside(beside, rows) ?? gpt2Tokenizer(rows);
    if (tokenizer === undefined) throw noTokenizer(rows, 'tokenizer.json');
    const sizes: Gpt2Sizes = {
      hidden,
      inner: weights.rows(`${BLOCK}.ff.layers.0.weight`),
      layers: weights.count(/^trf_blocks\.(\d+)\./),
      heads,
      context: weights.rows('pos_emb.weight'),
      epsilon: EPSILON,
    };
    return {
      family: 'llms-from-scratch',
      assumptions,
      contextLength: sizes.context,
      metadata: gpt2Metadata(sizes),
      tokenizer,
      chatTemplate: chatTemplateBeside(beside),
      stopStrings: [],
      lay: (plan) => {
        const parts = {
          embedding: weights.matrix('tok_emb.weight', rows, hidden),
          positions: weights.matrix('pos_emb.weight', sizes.context, hidden),
          blocks: Array.from({ length: sizes.layers }, (_, index) => blockOf(weights, `trf_blocks.${index}`, sizes)),
          outputNorm: normOf(weights, 'final_norm', hidden),
          head: weights.has('out_head.weight') ? weights.matrix('out_head.weight', rows, hidden) : undefined,
        };
        layGpt2(plan, parts, tokenizer.addsEnd);
        weights.leaveOut(MASKS);
      },
    } satisfies Model;
  },
};

function blockOf(weights: Weights, from: string, { hidden, inner }: Gpt2Sizes): Gpt2Block {
  const linear = (name: string, out: number, into: number): Affine => ({
    weight: weights.matrix(`${from}.${name}.weight`, out, into),
    bias: weights.vectorIfThere(`${from}.${name}.bias`, out),
  });
  const attention = ['W_query', 'W_key', 'W_value'].map((name) => linear(`att.${name}`, hidden, hidden));
  return {
    attentionNorm: normOf(weights, `${from}.norm1`, hidden),
    queryKeyValue: {
      weight: stacked(attention.map(({ weight }) => weight)),
      bias: together(
        attention.map(({ bias }) => bias),
        hidden,
      ),
    },
    attentionOutput: linear('att.out_proj', hidden, hidden),
    feedForwardNorm: normOf(weights, `${from}.norm2`, hidden),
    up: linear('ff.layers.0', inner, hidden),
    down: linear('ff.layers.2', hidden, inner),
  };
}

function normOf(weights: Weights, name: string, size: number): Affine {
  return { weight: weights.vector(`${name}.scale`, size), bias: weights.vector(`${name}.shift`, size) };
}

/** A bias that is not there adds nothing; where there is none, undefined. */
function together(biases: readonly (Rows | undefined)[], size: number): Rows | undefined {
  return biases.every((bias) => bias === undefined) ? undefined : stacked(biases.map((bias) => bias ?? constant(1, size, 0)));
}
