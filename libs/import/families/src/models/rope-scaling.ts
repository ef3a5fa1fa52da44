import { RefusedCheckpoint } from '@tandem/import/formats';
import { type Fields, fieldsOf, numberIn, textIn } from '../fields';
import type { Metadata } from '../metadata';

const THETA = 10_000;
const TOLERANCE = 1e-4;

/** How positions turn, as `transformers` writes it: by itself in release 4, with everything about it in release 5. */
export interface Rope {
  readonly theta: number;
  /** The kind of stretching; null where positions are as they were trained. */
  readonly kind: 'linear' | 'yarn' | 'llama3' | null;
  readonly fields: Fields;
}

export function ropeOf(config: Fields): Rope {
  const fields = { ...fieldsOf(config['rope_scaling']), ...fieldsOf(config['rope_parameters']) };
  const theta = numberIn(fields, 'rope_theta') ?? numberIn(config, 'rope_theta') ?? THETA;
  const name = textIn(fields, 'rope_type') ?? textIn(fields, 'type') ?? 'default';
  const part = numberIn(fields, 'partial_rotary_factor') ?? numberIn(config, 'partial_rotary_factor') ?? 1;
  if (part !== 1)
    throw new RefusedCheckpoint('configuration', 'llama.cpp’s graph for this architecture turns whole heads, and config.json says partial_rotary_factor.');
  switch (name) {
    case 'default':
      return { theta, kind: null, fields };
    case 'linear':
    case 'yarn':
    case 'llama3':
      return { theta, kind: name, fields };
    default:
      throw new RefusedCheckpoint('configuration', `Tandem does not convert rotary positions of the kind ${name} (rope_scaling in config.json).`);
  }
}

export function describeRope(metadata: Metadata, { kind, fields }: Rope): void {
  if (kind !== 'linear' && kind !== 'yarn') return;
  const factor = numberIn(fields, 'factor');
  if (factor === undefined) throw new RefusedCheckpoint('configuration', `config.json does not say by which factor positions are stretched (${kind}).`);
  metadata.text(`${metadata.architecture}.rope.scaling.type`, kind).real('rope.scaling.factor', factor);
  if (kind === 'linear') return;
  const usual = 1 + 0.1 * Math.log(factor);
  if (Math.abs((numberIn(fields, 'attention_factor') ?? usual) - usual) > TOLERANCE) {
    throw new RefusedCheckpoint(
      'configuration',
      'llama.cpp computes the attention factor of YaRN by itself, and config.json has another one (attention_factor).',
    );
  }
  metadata
    .count('rope.scaling.original_context_length', numberIn(fields, 'original_max_position_embeddings'))
    .real('rope.scaling.yarn_beta_fast', numberIn(fields, 'beta_fast'))
    .real('rope.scaling.yarn_beta_slow', numberIn(fields, 'beta_slow'));
}

/** By how much Llama 3.1 slows each frequency down: the slow ones all of it, the fast ones not at all. */
export function llama3Factors(theta: number, headSize: number, fields: Fields): number[] {
  const factor = numberIn(fields, 'factor') ?? 8;
  const low = numberIn(fields, 'low_freq_factor') ?? 1;
  const high = numberIn(fields, 'high_freq_factor') ?? 4;
  const context = numberIn(fields, 'original_max_position_embeddings') ?? 8_192;
  return Array.from({ length: headSize / 2 }, (_, index) => {
    const wave = 2 * Math.PI * theta ** ((2 * index) / headSize);
    if (wave < context / high) return 1;
    if (wave > context / low) return factor;
    const smooth = (context / wave - low) / (high - low);
    return 1 / ((1 - smooth) / factor + smooth);
  });
}
