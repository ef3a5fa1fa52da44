import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, type Fields, numberIn, textIn } from '../fields';
import type { Weights } from '../weights/weights';
import { need } from './hugging-face';

export interface DeepseekConfig {
  readonly hidden: number;
  readonly vocabulary: number;
  readonly inner: number;
  readonly layers: number;
  readonly denseLayers: number;
  readonly heads: number;
  /** 0 where queries are not compressed. */
  readonly qRank: number;
  readonly kvRank: number;
  readonly nope: number;
  readonly rope: number;
  readonly value: number;
  readonly expert: number;
  readonly experts: number;
  readonly expertsUsed: number;
  readonly shared: number;
  readonly groups: number;
  readonly groupsUsed: number;
  readonly isSigmoid: boolean;
  readonly isNormed: boolean;
  readonly expertsScale: number;
  readonly epsilon: number;
}

/** llama.cpp takes models of these depths for the "lite" ones, which do not compress their queries. */
const LITE_LAYERS = [26, 27];
const LITE_VOCABULARY = { layers: 48, tokens: 128_256 };
const EPSILON = 1e-6;

export function deepseekConfig(weights: Weights, config: Fields): DeepseekConfig {
  const isV3 = kindOf(config) === 'V3';
  refuseOtherForms(config);
  const layers = need(config, 'num_hidden_layers');
  const experts = numberIn(config, 'n_routed_experts') ?? 0;
  const vocabulary = weights.rows('model.embed_tokens.weight');
  const qRank = numberIn(config, 'q_lora_rank') ?? 0;
  const isLite = LITE_LAYERS.includes(layers) || (layers === LITE_VOCABULARY.layers && vocabulary === LITE_VOCABULARY.tokens);
  if (qRank > 0 && isLite)
    throw new RefusedCheckpoint(
      'family',
      `llama.cpp takes a DeepSeek of ${layers} layers for one that does not compress its queries (q_lora_rank), and this one does.`,
    );
  const isGrouped = isV3 || textIn(config, 'topk_method') === 'group_limited_greedy';
  const groups = isGrouped ? (numberIn(config, 'n_group') ?? 1) : 1;
  const isNormed = booleanIn(config, 'norm_topk_prob') ?? isV3;
  if (!isV3 && groups > 1)
    throw new RefusedCheckpoint(
      'family',
      'llama.cpp chooses groups of experts as DeepSeek-V3 does, and this DeepSeek-V2 does it otherwise (topk_method group_limited_greedy).',
    );
  if (!isV3 && isNormed)
    throw new RefusedCheckpoint(
      'family',
      'DeepSeek-V2 with norm_topk_prob is computed in two ways by its own code and by transformers; which one it was trained with, nothing says.',
    );
  return {
    hidden: weights.cols('model.embed_tokens.weight'),
    vocabulary,
    inner: need(config, 'intermediate_size'),
    layers,
    denseLayers: experts === 0 ? layers : Math.min(layers, numberIn(config, 'first_k_dense_replace') ?? 0),
    heads: need(config, 'num_attention_heads'),
    qRank,
    kvRank: need(config, 'kv_lora_rank'),
    nope: need(config, 'qk_nope_head_dim'),
    rope: need(config, 'qk_rope_head_dim'),
    value: need(config, 'v_head_dim'),
    expert: numberIn(config, 'moe_intermediate_size') ?? need(config, 'intermediate_size'),
    experts,
    expertsUsed: experts === 0 ? 0 : need(config, 'num_experts_per_tok'),
    shared: numberIn(config, 'n_shared_experts') ?? 0,
    groups,
    groupsUsed: numberIn(config, 'topk_group') ?? 1,
    isSigmoid: isSigmoid(config, isV3),
    isNormed,
    expertsScale: numberIn(config, 'routed_scaling_factor') ?? 1,
    epsilon: numberIn(config, 'rms_norm_eps') ?? EPSILON,
  };
}

export function kindOf(config: Fields): 'V2' | 'V3' | undefined {
  const names = [...((config['architectures'] as unknown[] | undefined) ?? []), config['model_type']];
  if (names.includes('DeepseekV3ForCausalLM') || (names.length === 1 && names.includes('deepseek_v3'))) return 'V3';
  if (names.includes('DeepseekV2ForCausalLM') || (names.length === 1 && names.includes('deepseek_v2'))) return 'V2';
  return undefined;
}

/** V3 always scores experts on their own; recent releases do not write it any more. */
function isSigmoid(config: Fields, isV3: boolean): boolean {
  const said = textIn(config, 'scoring_func') ?? (isV3 ? 'sigmoid' : 'softmax');
  if (said !== 'sigmoid' && said !== 'softmax') throw new RefusedCheckpoint('family', `llama.cpp does not score experts by ${said} (scoring_func).`);
  return said === 'sigmoid';
}

function refuseOtherForms(config: Fields): void {
  const other = [
    booleanIn(config, 'attention_bias') === true ? 'attention_bias' : '',
    booleanIn(config, 'rope_interleave') === false ? 'rope_interleave false' : '',
    (numberIn(config, 'moe_layer_freq') ?? 1) !== 1 ? 'moe_layer_freq' : '',
  ].filter((form) => form !== '');
  if (other.length > 0) throw new RefusedCheckpoint('family', `llama.cpp’s graph for DeepSeek does not have ${other.join(', ')} (config.json).`);
}
