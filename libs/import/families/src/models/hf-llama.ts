import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, type Fields, numberIn, textIn } from '../fields';
import type { Family, Model } from '../model';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import type { ModelPlan } from '../weights/model-plan';
import { paired } from '../weights/reordered';
import type { Weights } from '../weights/weights';
import { architectureIn, contextOf, need, needConfig, needTokenizer } from './hugging-face';
import { type LlamaBlock, type LlamaLinear, llamaMetadata, type LlamaSizes, layLlama } from './llama-graph';
import { describeRope, llama3Factors, type Rope, ropeOf } from './rope-scaling';

/** Which of llama.cpp's graphs computes it, and whether a layer's queries and keys must change places for it. */
const GRAPHS: Readonly<Record<string, LlamaSizes['architecture']>> = {
  LlamaForCausalLM: 'llama',
  MistralForCausalLM: 'llama',
  Qwen2ForCausalLM: 'qwen2',
  Qwen3ForCausalLM: 'qwen3',
};
const BY_TYPE: Readonly<Record<string, LlamaSizes['architecture']>> = { llama: 'llama', mistral: 'llama', qwen2: 'qwen2', qwen3: 'qwen3' };
const FAMILIES: Readonly<Record<string, string>> = { MistralForCausalLM: 'mistral' };
const EPSILON = 1e-6;

/** Hugging Face's Llama, Mistral, Qwen2 and Qwen3. */
export const hfLlama: Family = {
  recognises: ({ weights }) => prefixOf(weights) !== undefined && ![...weights.names].some((name) => name.includes('kv_a_proj_with_mqa')),

  read: (checkpoint) => {
    const { weights } = checkpoint;
    const config = needConfig(checkpoint);
    const prefix = prefixOf(weights) ?? '';
    const rope = ropeOf(config);
    const { context, assumptions } = contextOf(config);
    const sizes = sizesOf(weights, prefix, config, context, rope.theta);
    const metadata = llamaMetadata(sizes);
    describeRope(metadata, rope);
    return {
      family: `hf-${FAMILIES[architectureIn(config) ?? ''] ?? graphOf(weights, config, prefix)}`,
      assumptions,
      contextLength: context,
      metadata,
      tokenizer: needTokenizer(checkpoint, sizes.vocabulary),
      chatTemplate: chatTemplateBeside(checkpoint.beside),
      stopStrings: [],
      lay: (plan) => lay(plan, weights, prefix, sizes, rope, booleanIn(config, 'tie_word_embeddings') ?? false),
    } satisfies Model;
  },
};

function prefixOf(weights: Weights): string | undefined {
  return ['model.', ''].find((prefix) => weights.has(`${prefix}embed_tokens.weight`) && weights.has(`${prefix}layers.0.self_attn.q_proj.weight`));
}

function graphOf(weights: Weights, config: Fields, prefix: string): LlamaSizes['architecture'] {
  const named = architectureIn(config);
  const graph = named === undefined ? BY_TYPE[textIn(config, 'model_type') ?? ''] : GRAPHS[named];
  if (graph !== undefined) return graph;
  if (named !== undefined) throw new RefusedCheckpoint('family', `Tandem does not convert ${named}; a GGUF of it, where there is one, can be used.`);
  if (weights.has(`${prefix}layers.0.self_attn.q_norm.weight`)) return 'qwen3';
  return weights.has(`${prefix}layers.0.self_attn.q_proj.bias`) ? 'qwen2' : 'llama';
}

function sizesOf(weights: Weights, prefix: string, config: Fields, context: number, theta: number): LlamaSizes {
  const attention = `${prefix}layers.0.self_attn`;
  const heads = need(config, 'num_attention_heads');
  const headSize = numberIn(config, 'head_dim') ?? weights.rows(`${attention}.q_proj.weight`) / heads;
  const hidden = weights.cols(`${prefix}embed_tokens.weight`);
  const graph = graphOf(weights, config, prefix);
  return {
    // llama.cpp's `qwen2` knows no other head than a share of the width; its `llama`, which takes biases too, does.
    architecture: graph === 'qwen2' && heads * headSize !== hidden ? 'llama' : graph,
    vocabulary: weights.rows(`${prefix}embed_tokens.weight`),
    hidden,
    inner: weights.rows(`${prefix}layers.0.mlp.gate_proj.weight`),
    layers: need(config, 'num_hidden_layers'),
    heads,
    keyValueHeads: numberIn(config, 'num_key_value_heads') ?? heads,
    headSize,
    context,
    epsilon: numberIn(config, 'rms_norm_eps') ?? EPSILON,
    theta,
  };
}

function lay(plan: ModelPlan, weights: Weights, prefix: string, sizes: LlamaSizes, rope: Rope, isTied: boolean): void {
  const { vocabulary, hidden, layers, headSize } = sizes;
  const embedding = weights.matrix(`${prefix}embed_tokens.weight`, vocabulary, hidden);
  const blocks = Array.from({ length: layers }, (_, index) => blockOf(weights, `${prefix}layers.${index}`, sizes));
  if (isTied) weights.leaveOut(/^lm_head\.weight$/);
  const head = isTied ? undefined : weights.matrix('lm_head.weight', vocabulary, hidden);
  layLlama(plan, embedding, weights.vector(`${prefix}norm.weight`, hidden), plan.headUnlessTied(embedding, head), blocks);
  if (rope.kind === 'llama3') plan.values('rope_freqs.weight', llama3Factors(rope.theta, headSize, rope.fields));
  // Older releases saved what they compute from the base again.
  weights.leaveOut(/rotary_emb\.inv_freq$/);
}

function blockOf(weights: Weights, from: string, sizes: LlamaSizes): LlamaBlock {
  const { architecture, hidden, inner, heads, keyValueHeads, headSize } = sizes;
  const linear = (name: string, rows: number, cols: number): LlamaLinear => ({
    weight: weights.matrix(`${from}.${name}.weight`, rows, cols),
    bias: weights.vectorIfThere(`${from}.${name}.bias`, rows),
  });
  // `llama` turns neighbours together, the others a head's first half with its second, as these weights are laid out.
  const turned = ({ weight, bias }: LlamaLinear, count: number): LlamaLinear =>
    architecture === 'llama' ? { weight: paired(weight, count), bias: bias && paired(bias, count) } : { weight, bias };
  return {
    attentionNorm: weights.vector(`${from}.input_layernorm.weight`, hidden),
    query: turned(linear('self_attn.q_proj', heads * headSize, hidden), heads),
    key: turned(linear('self_attn.k_proj', keyValueHeads * headSize, hidden), keyValueHeads),
    value: linear('self_attn.v_proj', keyValueHeads * headSize, hidden),
    attentionOutput: linear('self_attn.o_proj', hidden, heads * headSize),
    ...(architecture === 'qwen3' && {
      queryNorm: weights.vector(`${from}.self_attn.q_norm.weight`, headSize),
      keyNorm: weights.vector(`${from}.self_attn.k_norm.weight`, headSize),
    }),
    feedForwardNorm: weights.vector(`${from}.post_attention_layernorm.weight`, hidden),
    gate: linear('mlp.gate_proj', inner, hidden),
    up: linear('mlp.up_proj', inner, hidden),
    down: linear('mlp.down_proj', hidden, inner),
  };
}
