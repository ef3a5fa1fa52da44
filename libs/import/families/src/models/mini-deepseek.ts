import { RefusedCheckpoint } from '@tandem/import/formats';
import { Metadata } from '../metadata';
import type { Checkpoint, Family, Model } from '../model';
import { gpt2Tokenizer, noTokenizer, tokenizerBeside } from '../tokenizers/choose-tokenizer';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import { product } from '../weights/computed';
import type { ModelPlan } from '../weights/model-plan';
import { rotaryFirst } from '../weights/reordered';
import { beside as besideEachOther, constant, type Rows, stacked } from '../weights/rows';
import type { Weights } from '../weights/weights';
import { configFor, type MiniDeepseekConfig, type MiniDeepseekShapes, shapesOf } from './mini-deepseek-config';

/** The project's own form of a conversation; it has none for instructions to the model, which come first as they are. */
const TEMPLATE = [
  '{% for m in messages %}',
  "{% if m['role'] == 'user' %}Human: {{ m['content'] }}",
  "{% elif m['role'] == 'assistant' %}Assistant: {{ m['content'] }}",
  // Template engines take a line break behind a block away.
  "{% else %}{{ m['content'] }}{% endif %}{{ '\\n\\n' }}",
  '{% endfor %}',
  '{% if add_generation_prompt %}Assistant:{% endif %}',
].join('');
/** It was never taught an end token: where the next turn begins, the answer is over. */
const STOPS = ['\n\nHuman:', '\n\n###', '### Instruction:'];
/** llama.cpp's graph always has a shared expert; one of nothing but zeros adds nothing. */
const EMPTY_EXPERT = 32;
const SOFTMAX = 1;
const GATE = 'ffn.gate.gate.weight';
const PARTS = ['gate', 'up', 'down'] as const;

/**
 * mini-deepseek's "DeepSeek V3": no norm lies between its latent projections, so that each pair is one matrix, and every head
 * has a rotary key of its own. That is plain attention with partly rotated heads and dense and expert layers in any order,
 * which llama.cpp's `step35` computes.
 */
export const miniDeepseek: Family = {
  recognises: ({ weights }) => ['q_down_proj', 'k_up_proj'].every((part) => weights.has(`layers.0.attention.${part}.weight`)),

  read: (checkpoint) => {
    const { weights, beside } = checkpoint;
    refuseLatentNorms(weights);
    const shapes = shapesOf(weights);
    const { config, assumptions } = configFor(weights, beside);
    const rows = weights.rows('embed_tokens.weight');
    const tokenizer = tokenizerBeside(beside, rows) ?? gpt2Tokenizer(rows);
    if (tokenizer === undefined) throw noTokenizer(rows, 'tokenizer.json');
    return {
      family: 'mini-deepseek',
      assumptions,
      contextLength: config.context,
      metadata: metadataOf(checkpoint, shapes, config),
      tokenizer,
      chatTemplate: chatTemplateBeside(beside) ?? TEMPLATE,
      stopStrings: STOPS,
      lay: (plan) => lay(plan, weights, shapes, config),
    } satisfies Model;
  },
};

function refuseLatentNorms(weights: Weights): void {
  for (const name of weights.names) {
    if (/^layers\.\d+\.attention\.\w*latent_norm\./.test(name)) {
      throw new RefusedCheckpoint(
        'family',
        'llama.cpp has no graph for this model: norms between the latent projections together with a rotary key for every head. Leaving the norms out would make it another model.',
      );
    }
  }
}

function sizesOf(weights: Weights) {
  const layers = weights.count(/^layers\.(\d+)\./);
  const dense = Array.from({ length: layers }, (_, layer) => `layers.${layer}.ffn.gate_proj.weight`).find((name) => weights.has(name));
  const expert = Array.from({ length: layers }, (_, layer) => `layers.${layer}.ffn.experts.0.ffn.gate_proj.weight`).find((name) => weights.has(name));
  return {
    layers,
    dense: dense === undefined ? 0 : weights.rows(dense),
    expert: expert === undefined ? 0 : weights.rows(expert),
    experts: weights.count(/^layers\.\d+\.ffn\.experts\.(\d+)\./),
    shared: weights.count(/^layers\.\d+\.ffn\.shared_experts\.(\d+)\./),
  };
}

function metadataOf({ weights }: Checkpoint, { hidden }: MiniDeepseekShapes, config: MiniDeepseekConfig): Metadata {
  const { layers, dense, expert, experts, shared } = sizesOf(weights);
  const metadata = new Metadata('step35');
  return (
    metadata
      .count('vocab_size', weights.rows('embed_tokens.weight'))
      .count('context_length', config.context)
      .count('embedding_length', hidden)
      .count('block_count', layers)
      .count('feed_forward_length', dense || expert)
      .count('attention.head_count', config.heads)
      .count('attention.head_count_kv', config.heads)
      .count('attention.key_length', config.nope + config.rope)
      .count('attention.value_length', config.value)
      .real('attention.layer_norm_rms_epsilon', config.epsilon)
      // llama.cpp ends its process where no layer slides; over a window of the whole context that changes nothing.
      .count('attention.sliding_window', config.context)
      .flags(
        'attention.sliding_window_pattern',
        Array.from({ length: layers }, (_, layer) => layer === layers - 1),
      )
      // The graph halves what layers that do not slide rotate.
      .count('rope.dimension_count', 2 * config.rope)
      .count('rope.dimension_count_swa', config.rope)
      .real('rope.freq_base', config.theta)
      .real('rope.freq_base_swa', config.theta)
      .count('expert_count', experts)
      .count('expert_used_count', experts === 0 ? 0 : config.expertsUsed)
      .count('expert_feed_forward_length', expert)
      .count('expert_shared_feed_forward_length', shared === 0 ? EMPTY_EXPERT : shared * expert)
      .count('expert_gating_func', SOFTMAX)
      .real('expert_weights_scale', config.expertsScale)
      .flag('step35.expert_weights_norm', true)
  );
}

function lay(plan: ModelPlan, weights: Weights, shapes: MiniDeepseekShapes, config: MiniDeepseekConfig): void {
  const { hidden } = shapes;
  const vocabulary = weights.rows('embed_tokens.weight');
  const embedding = weights.matrix('embed_tokens.weight', vocabulary, hidden);
  plan.matrix('token_embd.weight', embedding);
  plan.vector('output_norm.weight', weights.vector('norm.weight', hidden));
  plan.matrix('output.weight', weights.has('lm_head.weight') ? weights.matrix('lm_head.weight', vocabulary, hidden) : embedding);
  const sizes = sizesOf(weights);
  for (let layer = 0; layer < sizes.layers; layer++) {
    layAttention(plan, weights, layer, shapes, config);
    plan.vector(`blk.${layer}.ffn_norm.weight`, weights.vector(`layers.${layer}.post_attention_layernorm.weight`, hidden));
    if (weights.has(`layers.${layer}.${GATE}`)) layExperts(plan, weights, layer, { ...sizes, hidden });
    else layDense(plan, weights, layer, hidden, sizes.dense);
  }
  // Heads that guess further tokens are for training only.
  weights.leaveOut(/^mtp_heads?\./);
}

function layAttention(plan: ModelPlan, weights: Weights, layer: number, shapes: MiniDeepseekShapes, config: MiniDeepseekConfig): void {
  const { hidden, qRank, kvRank, qRows, vRows } = shapes;
  const from = `layers.${layer}`;
  const to = `blk.${layer}`;
  const part = (name: string, rows: number, cols: number): Rows => weights.matrix(`${from}.attention.${name}.weight`, rows, cols);
  const turned = (rows: Rows): Rows => rotaryFirst(rows, config.nope + config.rope, config.rope);
  const keyValue = part('kv_down_proj', kvRank, hidden);
  plan.vector(`${to}.attn_norm.weight`, weights.vector(`${from}.input_layernorm.weight`, hidden));
  plan.matrix(`${to}.attn_q.weight`, product(turned(part('q_up_proj', qRows, qRank)), part('q_down_proj', qRank, hidden)));
  plan.matrix(`${to}.attn_k.weight`, product(turned(part('k_up_proj', qRows, kvRank)), keyValue));
  plan.matrix(`${to}.attn_v.weight`, product(part('v_up_proj', vRows, kvRank), keyValue));
  plan.matrix(`${to}.attn_output.weight`, part('o_proj', hidden, vRows));
}

function layDense(plan: ModelPlan, weights: Weights, layer: number, hidden: number, inner: number): void {
  for (const part of PARTS) {
    const [rows, cols] = part === 'down' ? [hidden, inner] : [inner, hidden];
    plan.matrix(`blk.${layer}.ffn_${part}.weight`, weights.matrix(`layers.${layer}.ffn.${part}_proj.weight`, rows, cols));
  }
}

function layExperts(plan: ModelPlan, weights: Weights, layer: number, sizes: ReturnType<typeof sizesOf> & { hidden: number }): void {
  const { hidden, expert, experts, shared } = sizes;
  const from = `layers.${layer}.ffn`;
  const to = `blk.${layer}`;
  plan.exactMatrix(`${to}.ffn_gate_inp.weight`, weights.matrix(`layers.${layer}.${GATE}`, experts, hidden));
  for (const part of PARTS) {
    const [rows, cols] = part === 'down' ? [hidden, expert] : [expert, hidden];
    const each = (kind: string, count: number): Rows[] =>
      Array.from({ length: count }, (_, index) => weights.matrix(`${from}.${kind}.${index}.ffn.${part}_proj.weight`, rows, cols));
    plan.matrices(`${to}.ffn_${part}_exps.weight`, each('experts', experts));
    plan.matrix(`${to}.ffn_${part}_shexp.weight`, together(part, each('shared_experts', shared), hidden));
  }
}

/** The mean of several experts is one whose inner sizes add up. */
function together(part: string, shared: readonly Rows[], hidden: number): Rows {
  if (shared.length === 0) return part === 'down' ? constant(hidden, EMPTY_EXPERT, 0) : constant(EMPTY_EXPERT, hidden, 0);
  return part === 'down' ? besideEachOther(shared, 1 / shared.length) : stacked(shared);
}
