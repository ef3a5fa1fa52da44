import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, numberIn } from '../fields';
import { Metadata } from '../metadata';
import type { Family, Model } from '../model';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import { transposedBlocks } from '../weights/computed';
import type { ModelPlan } from '../weights/model-plan';
import { constant, type Rows, slice, stacked } from '../weights/rows';
import type { Weights } from '../weights/weights';
import { type DeepseekConfig, deepseekConfig, kindOf } from './deepseek-config';
import { architectureIn, need, needConfig, needTokenizer } from './hugging-face';
import { describeRope, type Rope, ropeOf } from './rope-scaling';

const SOFTMAX = 1;
const SIGMOID = 2;
/** As llama.cpp's own converter writes it. */
const YARN_PART = 0.1;
const PARTS = ['gate', 'up', 'down'] as const;
const ATTENTION = 'self_attn.kv_a_proj_with_mqa.weight';

/** Hugging Face's DeepSeek-V2 and V3: latent attention, as one head of keys that all heads share. */
export const hfDeepseek: Family = {
  recognises: ({ weights }) => weights.has(`model.layers.0.${ATTENTION}`),

  read: (checkpoint) => {
    const { weights } = checkpoint;
    const document = needConfig(checkpoint);
    const kind = kindOf(document);
    if (kind === undefined)
      throw new RefusedCheckpoint('family', `Tandem converts DeepSeek-V2 and V3, and config.json says ${architectureIn(document) ?? 'neither'}.`);
    const config = deepseekConfig(weights, document);
    const rope = ropeOf(document);
    const context = need(document, 'max_position_embeddings');
    return {
      family: `hf-deepseek-${kind.toLowerCase()}`,
      assumptions: [],
      contextLength: context,
      metadata: metadataOf(config, rope, context),
      tokenizer: needTokenizer(checkpoint, config.vocabulary),
      chatTemplate: chatTemplateBeside(checkpoint.beside),
      stopStrings: [],
      lay: (plan) => lay(plan, weights, config, booleanIn(document, 'tie_word_embeddings') ?? false),
    } satisfies Model;
  },
};

function metadataOf(config: DeepseekConfig, rope: Rope, context: number): Metadata {
  const metadata = new Metadata('deepseek2')
    .count('vocab_size', config.vocabulary)
    .count('context_length', context)
    .count('embedding_length', config.hidden)
    .count('block_count', config.layers)
    .count('leading_dense_block_count', config.denseLayers)
    .count('feed_forward_length', config.inner)
    .count('attention.head_count', config.heads)
    .count('attention.head_count_kv', 1)
    .count('attention.key_length', config.kvRank + config.rope)
    .count('attention.value_length', config.kvRank)
    .count('attention.key_length_mla', config.nope + config.rope)
    .count('attention.value_length_mla', config.value)
    .count('attention.q_lora_rank', config.qRank)
    .count('attention.kv_lora_rank', config.kvRank)
    .real('attention.layer_norm_rms_epsilon', config.epsilon)
    .count('rope.dimension_count', config.rope)
    .real('rope.freq_base', rope.theta)
    .count('expert_count', config.experts)
    .count('expert_used_count', config.expertsUsed)
    .count('expert_feed_forward_length', config.expert)
    .count('expert_shared_count', Math.max(1, config.shared))
    .count('expert_gating_func', config.isSigmoid ? SIGMOID : SOFTMAX)
    .real('expert_weights_scale', config.expertsScale)
    .flag('deepseek2.expert_weights_norm', config.isNormed);
  if (config.groups > 1) metadata.count('expert_group_count', config.groups).count('expert_group_used_count', config.groupsUsed);
  describeRope(metadata, rope);
  describeStretch(metadata, rope);
  return metadata;
}

function describeStretch(metadata: Metadata, { kind, fields }: Rope): void {
  if (kind === 'llama3')
    throw new RefusedCheckpoint('configuration', 'llama.cpp’s graph for DeepSeek does not stretch positions as Llama 3 does (rope_scaling in config.json).');
  if (kind !== 'yarn') return;
  const all = numberIn(fields, 'mscale_all_dim');
  if (all !== numberIn(fields, 'mscale'))
    throw new RefusedCheckpoint('configuration', 'llama.cpp expects mscale and mscale_all_dim to be the same (rope_scaling in config.json).');
  metadata.real('rope.scaling.yarn_log_multiplier', all === undefined ? undefined : YARN_PART * all);
}

function lay(plan: ModelPlan, weights: Weights, config: DeepseekConfig, isTied: boolean): void {
  const { vocabulary, hidden, layers, denseLayers } = config;
  const embedding = weights.matrix('model.embed_tokens.weight', vocabulary, hidden);
  if (isTied) weights.leaveOut(/^lm_head\.weight$/);
  const head = plan.headUnlessTied(embedding, isTied ? undefined : weights.matrix('lm_head.weight', vocabulary, hidden));
  plan.matrix('token_embd.weight', embedding);
  plan.vector('output_norm.weight', weights.vector('model.norm.weight', hidden));
  if (head !== undefined) plan.matrix('output.weight', head);
  for (let layer = 0; layer < layers; layer++) {
    layAttention(plan, weights, layer, config);
    plan.vector(`blk.${layer}.ffn_norm.weight`, weights.vector(`model.layers.${layer}.post_attention_layernorm.weight`, hidden));
    if (layer < denseLayers) layMlp(plan, weights, `model.layers.${layer}.mlp`, `blk.${layer}.ffn_`, '', hidden, config.inner);
    else layExperts(plan, weights, layer, config);
  }
  // Layers behind the last one guess further tokens; tables of positions are computed again.
  const count = weights.count(/^model\.layers\.(\d+)\./);
  for (let layer = layers; layer < count; layer++) weights.leaveOut(new RegExp(`^model\\.layers\\.${layer}\\.`));
  weights.leaveOut(/rotary_emb\.inv_freq$/);
}

function layAttention(plan: ModelPlan, weights: Weights, layer: number, config: DeepseekConfig): void {
  const { hidden, heads, qRank, kvRank, nope, rope, value } = config;
  const from = `model.layers.${layer}`;
  const to = `blk.${layer}`;
  const part = (name: string, rows: number, cols: number): Rows => weights.matrix(`${from}.self_attn.${name}.weight`, rows, cols);
  plan.vector(`${to}.attn_norm.weight`, weights.vector(`${from}.input_layernorm.weight`, hidden));
  if (qRank > 0) {
    plan.matrix(`${to}.attn_q_a.weight`, part('q_a_proj', qRank, hidden));
    plan.vector(`${to}.attn_q_a_norm.weight`, weights.vector(`${from}.self_attn.q_a_layernorm.weight`, qRank));
    plan.matrix(`${to}.attn_q_b.weight`, part('q_b_proj', heads * (nope + rope), qRank));
  } else {
    plan.matrix(`${to}.attn_q.weight`, part('q_proj', heads * (nope + rope), hidden));
  }
  plan.matrix(`${to}.attn_kv_a_mqa.weight`, part('kv_a_proj_with_mqa', kvRank + rope, hidden));
  plan.vector(`${to}.attn_kv_a_norm.weight`, weights.vector(`${from}.self_attn.kv_a_layernorm.weight`, kvRank));
  const both = part('kv_b_proj', heads * (nope + value), kvRank);
  const eachHead = (first: number, count: number): Rows[] => Array.from({ length: heads }, (_, head) => slice(both, head * (nope + value) + first, count));
  // In 16 or 8 bits llama.cpp ends its process over these on processors with AMX, whose kernels do not take what they are given.
  plan.exactMatrix(`${to}.attn_k_b.weight`, transposedBlocks(eachHead(0, nope)), [heads, kvRank, nope]);
  plan.exactMatrix(`${to}.attn_v_b.weight`, stacked(eachHead(nope, value)), [heads, value, kvRank]);
  plan.matrix(`${to}.attn_output.weight`, part('o_proj', hidden, heads * value));
}

function layMlp(plan: ModelPlan, weights: Weights, from: string, to: string, kind: string, hidden: number, inner: number): void {
  for (const part of PARTS) {
    const [rows, cols] = part === 'down' ? [hidden, inner] : [inner, hidden];
    plan.matrix(`${to}${part}${kind}.weight`, weights.matrix(`${from}.${part}_proj.weight`, rows, cols));
  }
}

function layExperts(plan: ModelPlan, weights: Weights, layer: number, { hidden, expert, experts, shared }: DeepseekConfig): void {
  const from = `model.layers.${layer}.mlp`;
  const to = `blk.${layer}`;
  plan.exactMatrix(`${to}.ffn_gate_inp.weight`, weights.matrix(`${from}.gate.weight`, experts, hidden));
  plan.vectorIfThere(`${to}.exp_probs_b.bias`, weights.vectorIfThere(`${from}.gate.e_score_correction_bias`, experts));
  for (const part of PARTS) {
    const [rows, cols] = part === 'down' ? [hidden, expert] : [expert, hidden];
    plan.matrices(
      `${to}.ffn_${part}_exps.weight`,
      Array.from({ length: experts }, (_, index) => weights.matrix(`${from}.experts.${index}.${part}_proj.weight`, rows, cols)),
    );
    // The graph always adds a shared expert; one of zeros adds nothing.
    if (shared === 0) plan.matrix(`${to}.ffn_${part}_shexp.weight`, constant(rows, cols, 0));
  }
  if (shared > 0) layMlp(plan, weights, `${from}.shared_experts`, `${to}.ffn_`, '_shexp', hidden, shared * expert);
}
