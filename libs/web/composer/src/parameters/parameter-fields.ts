import { type NumericParameter, type SamplingParameters } from '@tandem/shared/contracts';

export interface ParameterField {
  readonly key: NumericParameter;
  readonly label: string;
  readonly hint: string;
  readonly emptyMeans?: string;
}

/** The sampling parameters in the order in which people think of them. */
export const PARAMETER_FIELDS: readonly ParameterField[] = [
  { key: 'temperature', label: 'Temperature', hint: '0 always takes the likeliest token; up to 2.' },
  { key: 'top_p', label: 'Top-p', hint: 'Probability mass kept; 1 turns it off.' },
  { key: 'top_k', label: 'Top-k', hint: 'Tokens kept, up to 1,000; 0 turns it off.' },
  { key: 'repetition_penalty', label: 'Repetition penalty', hint: 'Above 1 discourages repeats, up to 2.' },
  { key: 'max_tokens', label: 'Max tokens', hint: 'Longest answer, 1 to 32,768.' },
  { key: 'seed', label: 'Seed', hint: 'Draws the same way again, where the model server keeps to it.', emptyMeans: 'random' },
];

/** All that goes with a prompt, on one line. */
export function summarise(parameters: SamplingParameters, system: string): readonly string[] {
  const { temperature, top_p, top_k, repetition_penalty, max_tokens, seed } = parameters;
  return [
    `temperature ${temperature}`,
    `top-p ${top_p}`,
    `top-k ${top_k === 0 ? 'off' : top_k}`,
    `penalty ${repetition_penalty === 1 ? 'off' : repetition_penalty}`,
    `${max_tokens} tokens`,
    `seed ${seed ?? '–'}`,
    ...(system.trim() === '' ? [] : ['system prompt']),
  ];
}
