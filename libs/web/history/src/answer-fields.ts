import { FINISH_REASONS, type FinishReason, isInRange, PARAMETER_RANGES, type SamplingParameters, type Timings, type Usage } from '@tandem/shared/contracts';
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

/** What is no time that a server can tell is as if it had not been told. */
export function readTimings(value: unknown): Timings | null {
  const given = fieldsOf(value);
  const [queue_ms, load_ms, total_ms] = ['queue_ms', 'load_ms', 'total_ms'].map((name) => numberOr(given?.[name], null));
  const source = (['server', 'measured'] as const).find((each) => each === given?.['source']);
  if (typeof queue_ms !== 'number' || typeof load_ms !== 'number' || typeof total_ms !== 'number' || !source) return null;
  const [ttft_ms, tokens_per_second] = [numberOr(given?.['ttft_ms'], null), numberOr(given?.['tokens_per_second'], null)];
  return { queue_ms, load_ms, ttft_ms, total_ms, tokens_per_second, source };
}

export function readReason(value: unknown): FinishReason {
  return FINISH_REASONS.find((reason) => reason === value) ?? 'other';
}
