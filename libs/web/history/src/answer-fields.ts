import { FINISH_REASONS, type FinishReason, isInRange, PARAMETER_RANGES, type SamplingParameters, type Usage } from '@tandem/shared/contracts';
import { fieldsOf, numberOr } from './file-fields';

/** A value that is no number or out of range is left at its default. */
export function readParameters(value: unknown, defaults: SamplingParameters): SamplingParameters {
  const given = fieldsOf(value) ?? {};
  const numbers = Object.entries(PARAMETER_RANGES).filter(([name, range]) => isInRange(given[name], range));
  return { ...defaults, ...Object.fromEntries(numbers.map(([name]) => [name, given[name]])) };
}

export function readUsage(value: unknown): Usage | null {
  const given = fieldsOf(value);
  const [prompt, completion] = [numberOr(given?.['prompt_tokens'], null), numberOr(given?.['completion_tokens'], null)];
  if (prompt === null || completion === null) return null;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

export function readReason(value: unknown): FinishReason {
  return FINISH_REASONS.find((reason) => reason === value) ?? 'other';
}
