import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, type Fields, numberIn, textIn } from '../fields';
import type { Checkpoint, Family, Model } from '../model';
import { noTokenizer, tokenizerBeside } from '../tokenizers/choose-tokenizer';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import type { ModelPlan } from '../weights/model-plan';
import { paired } from '../weights/reordered';
import { type Rows, slice } from '../weights/rows';
import type { Weights } from '../weights/weights';
import { type LlamaBlock, llamaMetadata, type LlamaSizes, layLlama } from './llama-graph';

const EPSILON = 1e-5;
const THETA = 10_000;
const QKV = 'transformer.h.0.attn.qkv.weight';

/** LitGPT's Llama-like models: queries, keys and values are one matrix there. */
export const litGpt: Family = {
  recognises: ({ weights }) => ['transformer.wte.weight', QKV, 'transformer.h.0.mlp.fc_1.weight'].every((name) => weights.has(name)),

  read: (checkpoint) => {
    const { weights, beside } = checkpoint;
    const config = configOf(checkpoint);
    const sizes = sizesOf(weights, config);
    const tokenizer = tokenizerBeside(beside, sizes.vocabulary);
    if (tokenizer === undefined) throw noTokenizer(sizes.vocabulary, 'tokenizer.json or tokenizer.model');
    return {
      family: 'litgpt',
      assumptions: [],
      contextLength: sizes.context,
      metadata: llamaMetadata(sizes),
      tokenizer,
      chatTemplate: chatTemplateBeside(beside),
      stopStrings: [],
      lay: (plan) => lay(plan, weights, sizes),
    } satisfies Model;
  },
};

function configOf({ beside }: Checkpoint): Fields {
  const config = beside.yamls().find(({ name }) => name === 'model_config.yaml')?.fields;
  if (config === undefined)
    throw new RefusedCheckpoint(
      'configuration',
      'Put LitGPT’s model_config.yaml beside the checkpoint: its weights do not tell how many attention heads it has.',
    );
  const other = [
    (textIn(config, 'norm_class_name') ?? 'RMSNorm') === 'RMSNorm' ? '' : 'norm_class_name',
    (textIn(config, 'mlp_class_name') ?? 'LLaMAMLP') === 'LLaMAMLP' ? '' : 'mlp_class_name',
    (numberIn(config, 'rotary_percentage') ?? 1) === 1 ? '' : 'rotary_percentage',
    ['parallel_residual', 'scale_embeddings', 'post_attention_norm', 'post_mlp_norm', 'norm_qk'].find((name) => booleanIn(config, name) === true) ?? '',
    ['rope_adjustments', 'sliding_window_size', 'final_logit_softcapping', 'attention_logit_softcapping', 'attention_scores_scalar'].find(
      (name) => (config[name] ?? null) !== null,
    ) ?? '',
    (numberIn(config, 'rope_condense_ratio') ?? 1) === 1 ? '' : 'rope_condense_ratio',
  ].filter((form) => form !== '');
  if (other.length > 0)
    throw new RefusedCheckpoint(
      'configuration',
      `Tandem converts LitGPT’s Llama-like models, and model_config.yaml asks for something else (${other.join(', ')}).`,
    );
  return config;
}

function sizesOf(weights: Weights, config: Fields): LlamaSizes {
  const heads = numberIn(config, 'n_head');
  const context = numberIn(config, 'block_size');
  if (heads === undefined || context === undefined) throw new RefusedCheckpoint('configuration', 'model_config.yaml does not say n_head and block_size.');
  const hidden = weights.cols('transformer.wte.weight');
  return {
    architecture: 'llama',
    vocabulary: weights.rows('transformer.wte.weight'),
    hidden,
    inner: weights.rows('transformer.h.0.mlp.fc_1.weight'),
    layers: weights.count(/^transformer\.h\.(\d+)\./),
    heads,
    keyValueHeads: numberIn(config, 'n_query_groups') ?? heads,
    headSize: numberIn(config, 'head_size') ?? hidden / heads,
    context,
    epsilon: numberIn(config, 'norm_eps') ?? EPSILON,
    theta: numberIn(config, 'rope_base') ?? THETA,
  };
}

function lay(plan: ModelPlan, weights: Weights, sizes: LlamaSizes): void {
  const { vocabulary, hidden, layers } = sizes;
  const embedding = weights.matrix('transformer.wte.weight', vocabulary, hidden);
  const head = plan.headUnlessTied(embedding, weights.matrix('lm_head.weight', vocabulary, hidden));
  const blocks = Array.from({ length: layers }, (_, index) => blockOf(weights, `transformer.h.${index}`, sizes));
  layLlama(plan, embedding, weights.vector('transformer.ln_f.weight', hidden), head, blocks);
}

function blockOf(weights: Weights, from: string, { hidden, inner, heads, keyValueHeads, headSize }: LlamaSizes): LlamaBlock {
  const [queries, keys] = [heads * headSize, keyValueHeads * headSize];
  const all = weights.matrix(`${from}.attn.qkv.weight`, queries + 2 * keys, hidden);
  const matrix = (name: string, rows: number, cols: number): { weight: Rows } => ({ weight: weights.matrix(`${from}.${name}.weight`, rows, cols) });
  return {
    attentionNorm: weights.vector(`${from}.norm_1.weight`, hidden),
    query: { weight: paired(slice(all, 0, queries), heads) },
    key: { weight: paired(slice(all, queries, keys), keyValueHeads) },
    value: { weight: slice(all, queries + keys, keys) },
    attentionOutput: matrix('attn.proj', hidden, queries),
    feedForwardNorm: weights.vector(`${from}.norm_2.weight`, hidden),
    gate: matrix('mlp.fc_1', inner, hidden),
    up: matrix('mlp.fc_2', inner, hidden),
    down: matrix('mlp.proj', hidden, inner),
  };
}
