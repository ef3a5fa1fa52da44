import { isInRange, type NumericParameter, PARAMETER_RANGES, type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';

/** What a link to a comparison carries. */
export interface LinkState {
  readonly baseline: string | null;
  readonly derivative: string | null;
  readonly prompt: string;
  readonly parameters: SamplingParameters;
  readonly system: string;
}

const NUMBERS = Object.keys(PARAMETER_RANGES) as NumericParameter[];

/** Longest prompt that a link carries, in encoded characters: servers refuse longer addresses. */
const LONGEST_PROMPT = 6_000;

/** A value that is no number or out of range is left at its default: a link is input like any other. */
export function readLink(query: string): LinkState {
  const params = new URLSearchParams(query);
  const numbers = NUMBERS.flatMap((name) => {
    const text = params.get(name);
    const value = text === null || text.trim() === '' ? undefined : Number(text);
    return isInRange(value, PARAMETER_RANGES[name]) ? [[name, value] as const] : [];
  });
  return {
    baseline: params.get('baseline') || null,
    derivative: params.get('twodelta') || null,
    prompt: params.get('prompt') ?? '',
    parameters: { ...STREAM_PARAMETERS, ...Object.fromEntries(numbers) },
    system: params.get('system') ?? '',
  };
}

/** The query of an address that leads back here, with its question mark. */
export function writeLink({ baseline, derivative, prompt, parameters, system }: LinkState): string {
  const params = new URLSearchParams();
  if (baseline) params.set('baseline', baseline);
  if (derivative) params.set('twodelta', derivative);
  for (const name of NUMBERS) {
    const value = parameters[name];
    if (value !== null) params.set(name, String(value));
  }
  setText(params, 'system', system);
  setText(params, 'prompt', prompt);
  return `?${params.toString().replaceAll('%2F', '/')}`;
}

function setText(params: URLSearchParams, name: string, text: string): void {
  if (text.trim() !== '' && encodeURIComponent(text).length <= LONGEST_PROMPT) params.set(name, text);
}
