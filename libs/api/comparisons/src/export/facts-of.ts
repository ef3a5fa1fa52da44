import type { KeptAnswer } from '@tandem/shared/contracts';

/** Where a server says something else each time, the first few tell it. */
const MOST_IDENTITIES = 5;

/** What is said of an answer beside its text, in the order in which it is read. */
export function factsOf({ finish_reason, error, usage, timings, seed, ignored_parameters }: KeptAnswer): readonly string[] {
  return [
    error ? `failed: ${error.message}` : finish_reason && `ended: ${finish_reason}`,
    usage && `${usage.prompt_tokens} + ${usage.completion_tokens} tokens`,
    typeof timings?.ttft_ms === 'number' && `first token after ${Math.round(timings.ttft_ms)} ms`,
    timings && `${durationText(timings.total_ms)} in all`,
    typeof timings?.tokens_per_second === 'number' && `${timings.tokens_per_second.toFixed(1)} tokens/s`,
    seed !== null && `seed ${seed}`,
    ignored_parameters.length > 0 && `could not be set: ${ignored_parameters.join(', ')}`,
  ].filter((fact): fact is string => typeof fact === 'string');
}

function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Sampling values as they are read: `temperature 0.7, top_p 0.9`. What is null or an empty list says nothing. */
export function parametersText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** What servers said that they are, each once. */
export function identitiesOf(answers: readonly Pick<KeptAnswer, 'identity'>[]): readonly string[] {
  return [...new Set(answers.map(({ identity }) => parametersText(identity ?? {})))].filter((text) => text !== '').slice(0, MOST_IDENTITIES);
}
