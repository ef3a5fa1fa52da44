import { RefusedCheckpoint } from '@tandem/import/formats';
import type { Beside } from '../beside/beside';
import { booleanIn, type Fields, fieldsOf, numberIn, textIn } from '../fields';
import type { Weights } from '../weights/weights';

/** What the shapes of the weights cannot tell. */
export interface MiniDeepseekConfig {
  readonly heads: number;
  readonly nope: number;
  readonly rope: number;
  readonly value: number;
  readonly expertsUsed: number;
  readonly expertsScale: number;
  readonly theta: number;
  readonly epsilon: number;
  readonly context: number;
}

/** What the shapes do tell, enough to know a configuration by. */
export interface MiniDeepseekShapes {
  readonly hidden: number;
  readonly qRank: number;
  readonly kvRank: number;
  readonly qRows: number;
  readonly vRows: number;
}

const COMMON = { expertsScale: 1, theta: 10_000, epsilon: 1e-6 };
/** The configurations that the project ships, by hidden size, the two ranks, and the rows of queries and values. */
const PRESETS: Readonly<Record<string, MiniDeepseekConfig>> = {
  '128/64/32/64/64': { ...COMMON, heads: 2, nope: 16, rope: 16, value: 32, expertsUsed: 1, context: 128 },
  '256/128/64/256/256': { ...COMMON, heads: 4, nope: 32, rope: 32, value: 64, expertsUsed: 2, context: 512 },
  '512/96/64/512/512': { ...COMMON, heads: 8, nope: 32, rope: 32, value: 64, expertsUsed: 2, context: 1024 },
};

const FIRST = 'layers.0.attention';

export function shapesOf(weights: Weights): MiniDeepseekShapes {
  return {
    hidden: weights.cols('embed_tokens.weight'),
    qRank: weights.rows(`${FIRST}.q_down_proj.weight`),
    kvRank: weights.rows(`${FIRST}.kv_down_proj.weight`),
    qRows: weights.rows(`${FIRST}.q_up_proj.weight`),
    vRows: weights.rows(`${FIRST}.v_up_proj.weight`),
  };
}

/** The nearest configuration that fits the weights, or the one that the project ships for such sizes. */
export function configFor(weights: Weights, beside: Beside): { config: MiniDeepseekConfig; assumptions: string[] } {
  const shapes = shapesOf(weights);
  const documents = beside.yamls().map(({ name, fields }) => ({ name, model: 'model' in fields ? fieldsOf(fields['model']) : fields }));
  const fitting = documents.find(({ model }) => fits(model, shapes));
  if (fitting !== undefined) {
    refuseOtherForms(fitting.model, fitting.name);
    return { config: configIn(fitting.model, fitting.name), assumptions: [] };
  }
  const key = [shapes.hidden, shapes.qRank, shapes.kvRank, shapes.qRows, shapes.vRows].join('/');
  const preset = PRESETS[key];
  if (preset === undefined) {
    const why =
      documents.length === 0 ? 'its weights do not tell them' : `none of the ones found fits its weights (${documents.map(({ name }) => name).join(', ')})`;
    throw new RefusedCheckpoint(
      'configuration',
      `Put the YAML file that the model was trained with beside the checkpoint or in a folder configs/ above it: it says the heads and rotary dimensions, and ${why}.`,
    );
  }
  const { heads, nope, rope, expertsUsed, theta, context } = preset;
  return {
    config: preset,
    assumptions: [
      `${heads} heads of ${nope} + ${rope} rotary dimensions, ${expertsUsed} of the experts for each token, rotary base ${theta}, context ${context}: the project’s own configuration for these sizes, since no YAML file stands beside it`,
    ],
  };
}

function fits(model: Fields, { hidden, qRank, kvRank, qRows, vRows }: MiniDeepseekShapes): boolean {
  const heads = numberIn(model, 'num_attention_heads') ?? NaN;
  const head = (numberIn(model, 'qk_nope_head_dim') ?? NaN) + (numberIn(model, 'qk_rope_head_dim') ?? NaN);
  return (
    numberIn(model, 'hidden_size') === hidden &&
    numberIn(model, 'q_lora_rank') === qRank &&
    numberIn(model, 'kv_lora_rank') === kvRank &&
    heads * head === qRows &&
    heads * (numberIn(model, 'v_head_dim') ?? NaN) === vRows
  );
}

function configIn(model: Fields, name: string): MiniDeepseekConfig {
  const moe = fieldsOf(model['moe']);
  const need = (key: string): number => {
    const value = numberIn(model, key);
    if (value === undefined) throw new RefusedCheckpoint('configuration', `${name} does not say model.${key}.`);
    return value;
  };
  return {
    heads: need('num_attention_heads'),
    nope: need('qk_nope_head_dim'),
    rope: need('qk_rope_head_dim'),
    value: need('v_head_dim'),
    expertsUsed: numberIn(moe, 'num_experts_per_tok') ?? 1,
    expertsScale: numberIn(moe, 'routed_scaling_factor') ?? COMMON.expertsScale,
    theta: numberIn(model, 'rope_theta') ?? COMMON.theta,
    epsilon: numberIn(model, 'rms_norm_eps') ?? COMMON.epsilon,
    context: need('max_position_embeddings'),
  };
}

/** Forms of the model that llama.cpp's graph does not have. */
function refuseOtherForms(model: Fields, name: string): void {
  const other = [
    textIn(model, 'hidden_act') !== undefined && textIn(model, 'hidden_act') !== 'silu' ? `hidden_act: ${textIn(model, 'hidden_act')}` : '',
    model['rope_scaling'] !== undefined && model['rope_scaling'] !== null ? 'rope_scaling' : '',
    booleanIn(fieldsOf(model['moe']), 'router_bias') === true ? 'moe.router_bias' : '',
  ].filter((form) => form !== '');
  if (other.length > 0) throw new RefusedCheckpoint('configuration', `llama.cpp has no graph for ${other.join(' and ')} in ${name}.`);
}
