import { Metadata } from '../metadata';
import type { ModelPlan } from '../weights/model-plan';
import type { Rows } from '../weights/rows';

export interface LlamaSizes {
  readonly architecture: 'llama' | 'qwen2' | 'qwen3';
  readonly vocabulary: number;
  readonly hidden: number;
  readonly inner: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly context: number;
  readonly epsilon: number;
  readonly theta: number;
}

/** One layer; what is undefined, the model does not have. */
export interface LlamaBlock {
  readonly attentionNorm: Rows;
  readonly query: LlamaLinear;
  readonly key: LlamaLinear;
  readonly value: LlamaLinear;
  readonly attentionOutput: LlamaLinear;
  readonly queryNorm?: Rows | undefined;
  readonly keyNorm?: Rows | undefined;
  readonly feedForwardNorm: Rows;
  readonly gate: LlamaLinear;
  readonly up: LlamaLinear;
  readonly down: LlamaLinear;
}

export interface LlamaLinear {
  readonly weight: Rows;
  readonly bias?: Rows | undefined;
}

export function llamaMetadata(sizes: LlamaSizes): Metadata {
  return new Metadata(sizes.architecture)
    .count('vocab_size', sizes.vocabulary)
    .count('context_length', sizes.context)
    .count('embedding_length', sizes.hidden)
    .count('block_count', sizes.layers)
    .count('feed_forward_length', sizes.inner)
    .count('attention.head_count', sizes.heads)
    .count('attention.head_count_kv', sizes.keyValueHeads)
    .count('attention.key_length', sizes.headSize)
    .count('attention.value_length', sizes.headSize)
    .count('rope.dimension_count', sizes.headSize)
    .real('attention.layer_norm_rms_epsilon', sizes.epsilon)
    .real('rope.freq_base', sizes.theta);
}

/** `head` undefined: the embedding serves as head too. */
export function layLlama(plan: ModelPlan, embedding: Rows, outputNorm: Rows, head: Rows | undefined, blocks: readonly LlamaBlock[]): void {
  plan.matrix('token_embd.weight', embedding);
  plan.vector('output_norm.weight', outputNorm);
  if (head !== undefined) plan.matrix('output.weight', head);
  blocks.forEach((block, index) => {
    const linear = (name: string, { weight, bias }: LlamaLinear): void => {
      plan.matrix(`blk.${index}.${name}.weight`, weight);
      plan.vectorIfThere(`blk.${index}.${name}.bias`, bias);
    };
    plan.vector(`blk.${index}.attn_norm.weight`, block.attentionNorm);
    linear('attn_q', block.query);
    linear('attn_k', block.key);
    linear('attn_v', block.value);
    plan.vectorIfThere(`blk.${index}.attn_q_norm.weight`, block.queryNorm);
    plan.vectorIfThere(`blk.${index}.attn_k_norm.weight`, block.keyNorm);
    linear('attn_output', block.attentionOutput);
    plan.vector(`blk.${index}.ffn_norm.weight`, block.feedForwardNorm);
    linear('ffn_gate', block.gate);
    linear('ffn_up', block.up);
    linear('ffn_down', block.down);
  });
}
