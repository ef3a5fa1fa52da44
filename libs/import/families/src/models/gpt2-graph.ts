import { Metadata } from '../metadata';
import { withMeanRow } from '../weights/computed';
import type { ModelPlan } from '../weights/model-plan';
import { constant, type Rows } from '../weights/rows';

export interface Gpt2Sizes {
  readonly hidden: number;
  readonly inner: number;
  readonly layers: number;
  readonly heads: number;
  readonly context: number;
  readonly epsilon: number;
}

/** A matrix or the scale of a norm, and what is added to it; llama.cpp wants zeros where nothing is. */
export interface Affine {
  readonly weight: Rows;
  readonly bias: Rows | undefined;
}

export interface Gpt2Block {
  readonly attentionNorm: Affine;
  readonly queryKeyValue: Affine;
  readonly attentionOutput: Affine;
  readonly feedForwardNorm: Affine;
  readonly up: Affine;
  readonly down: Affine;
}

export interface Gpt2Parts {
  readonly embedding: Rows;
  readonly positions: Rows;
  readonly blocks: readonly Gpt2Block[];
  readonly outputNorm: Affine;
  /** Undefined where there is none but the embedding. */
  readonly head: Rows | undefined;
}

export function gpt2Metadata({ hidden, inner, layers, heads, context, epsilon }: Gpt2Sizes): Metadata {
  return new Metadata('gpt2')
    .count('context_length', context)
    .count('embedding_length', hidden)
    .count('block_count', layers)
    .count('feed_forward_length', inner)
    .count('attention.head_count', heads)
    .real('attention.layer_norm_epsilon', epsilon);
}

/** llama.cpp's `gpt2`. `addsEnd`: the vocabulary has one token more than the weights have rows. */
export function layGpt2(plan: ModelPlan, { embedding, positions, blocks, outputNorm, head }: Gpt2Parts, addsEnd: boolean): void {
  const grown = (rows: Rows): Rows => (addsEnd ? withMeanRow(rows) : rows);
  plan.matrix('token_embd.weight', grown(embedding));
  plan.exactMatrix('position_embd.weight', positions);
  layNorm(plan, 'output_norm', outputNorm);
  const own = plan.headUnlessTied(embedding, head);
  if (own !== undefined) plan.matrix('output.weight', grown(own));
  blocks.forEach((block, index) => {
    layNorm(plan, `blk.${index}.attn_norm`, block.attentionNorm);
    layMatrix(plan, `blk.${index}.attn_qkv`, block.queryKeyValue);
    layMatrix(plan, `blk.${index}.attn_output`, block.attentionOutput);
    layNorm(plan, `blk.${index}.ffn_norm`, block.feedForwardNorm);
    layMatrix(plan, `blk.${index}.ffn_up`, block.up);
    layMatrix(plan, `blk.${index}.ffn_down`, block.down);
  });
}

function layNorm(plan: ModelPlan, name: string, { weight, bias }: Affine): void {
  plan.vector(`${name}.weight`, weight);
  plan.vector(`${name}.bias`, bias ?? constant(1, weight.cols, 0));
}

function layMatrix(plan: ModelPlan, name: string, { weight, bias }: Affine): void {
  plan.matrix(`${name}.weight`, weight);
  plan.vector(`${name}.bias`, bias ?? constant(1, weight.rows, 0));
}
