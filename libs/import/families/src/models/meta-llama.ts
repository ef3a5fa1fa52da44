import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, type Fields, numberIn } from '../fields';
import type { Family, Model } from '../model';
import { noTokenizer, type TokenizerChoice, tokenizerBeside } from '../tokenizers/choose-tokenizer';
import { chatTemplateBeside } from '../tokenizers/special-tokens';
import type { ModelPlan } from '../weights/model-plan';
import type { Weights } from '../weights/weights';
import { type LlamaBlock, type LlamaLinear, llamaMetadata, type LlamaSizes, layLlama } from './llama-graph';
import { recordOf } from './record-of';
import { llama3Factors } from './rope-scaling';

const EPSILON = 1e-5;
const THETA = 10_000;
/** Meta's params.json does not say how long a text may be; Llama 3 has another rotary base. */
const CONTEXT = 4_096;
const LLAMA3_THETA = 500_000;
const LLAMA3_CONTEXT = 8_192;
/** What the code computes again. */
const TABLES = /^(?:rope\.freqs|freqs_cos|freqs_sin)$/;

/** llama2.c and Meta's own release: the rotary order is llama.cpp's already. */
export const metaLlama: Family = {
  recognises: ({ weights }) => ['tok_embeddings.weight', 'layers.0.attention.wq.weight'].every((name) => weights.has(name)),

  read: (checkpoint) => {
    const { weights, beside, extras } = checkpoint;
    const own = recordOf(extras.get('model_args'));
    const isOwn = Object.keys(own).length > 0;
    const params = isOwn ? own : beside.json('params.json');
    if (params === undefined)
      throw new RefusedCheckpoint('configuration', 'Put the model’s params.json beside it: its weights do not tell how many attention heads it has.');
    const { context, assumptions } = contextOf(params);
    const sizes = sizesOf(weights, params, context);
    const tokenizer = tokenizerBeside(beside, sizes.vocabulary);
    if (tokenizer === undefined) throw noTokenizer(sizes.vocabulary, 'tokenizer.model');
    return {
      family: isOwn ? 'llama2.c' : 'meta-llama',
      assumptions,
      contextLength: context,
      metadata: llamaMetadata(sizes),
      tokenizer: isOwn ? endingWithBeginning(tokenizer) : tokenizer,
      chatTemplate: chatTemplateBeside(beside),
      stopStrings: [],
      lay: (plan) => lay(plan, weights, sizes, params),
    } satisfies Model;
  },
};

/** llama2.c teaches its models that a new text begins where one ends, and never the end token. */
function endingWithBeginning(tokenizer: TokenizerChoice): TokenizerChoice {
  return {
    ...tokenizer,
    load: () => {
      const vocabulary = tokenizer.load();
      const { bos, ends } = vocabulary;
      return { ...vocabulary, ends: bos === null || ends.includes(bos) ? ends : [...ends, bos] };
    },
  };
}

function contextOf(params: Fields): { context: number; assumptions: string[] } {
  const said = numberIn(params, 'max_seq_len');
  if (said !== undefined) return { context: said, assumptions: [] };
  const context = (numberIn(params, 'rope_theta') ?? THETA) >= LLAMA3_THETA ? LLAMA3_CONTEXT : CONTEXT;
  return { context, assumptions: [`context ${context}: params.json does not say it`] };
}

function sizesOf(weights: Weights, params: Fields, context: number): LlamaSizes {
  const heads = numberIn(params, 'n_heads');
  if (heads === undefined) throw new RefusedCheckpoint('configuration', 'The model’s arguments do not say how many attention heads it has (n_heads).');
  return {
    architecture: 'llama',
    vocabulary: weights.rows('tok_embeddings.weight'),
    hidden: weights.cols('tok_embeddings.weight'),
    inner: weights.rows('layers.0.feed_forward.w1.weight'),
    layers: weights.count(/^layers\.(\d+)\./),
    heads,
    keyValueHeads: numberIn(params, 'n_kv_heads') ?? heads,
    headSize: weights.rows('layers.0.attention.wq.weight') / heads,
    context,
    epsilon: numberIn(params, 'norm_eps') ?? EPSILON,
    theta: numberIn(params, 'rope_theta') ?? THETA,
  };
}

function lay(plan: ModelPlan, weights: Weights, sizes: LlamaSizes, params: Fields): void {
  const { vocabulary, hidden, layers } = sizes;
  const embedding = weights.matrix('tok_embeddings.weight', vocabulary, hidden);
  const head = weights.has('output.weight') ? weights.matrix('output.weight', vocabulary, hidden) : undefined;
  const blocks = Array.from({ length: layers }, (_, index) => blockOf(weights, `layers.${index}`, sizes));
  layLlama(plan, embedding, weights.vector('norm.weight', hidden), plan.headUnlessTied(embedding, head), blocks);
  if (booleanIn(params, 'use_scaled_rope') === true) {
    plan.values('rope_freqs.weight', llama3Factors(sizes.theta, sizes.headSize, { factor: numberIn(params, 'rope_scaling_factor') ?? 8 }));
  }
  weights.leaveOut(TABLES);
}

function blockOf(weights: Weights, from: string, { hidden, inner, heads, keyValueHeads, headSize }: LlamaSizes): LlamaBlock {
  const linear = (name: string, rows: number, cols: number): LlamaLinear => ({ weight: weights.matrix(`${from}.${name}.weight`, rows, cols) });
  return {
    attentionNorm: weights.vector(`${from}.attention_norm.weight`, hidden),
    query: linear('attention.wq', heads * headSize, hidden),
    key: linear('attention.wk', keyValueHeads * headSize, hidden),
    value: linear('attention.wv', keyValueHeads * headSize, hidden),
    attentionOutput: linear('attention.wo', hidden, heads * headSize),
    feedForwardNorm: weights.vector(`${from}.ffn_norm.weight`, hidden),
    gate: linear('feed_forward.w1', inner, hidden),
    up: linear('feed_forward.w3', inner, hidden),
    down: linear('feed_forward.w2', hidden, inner),
  };
}
