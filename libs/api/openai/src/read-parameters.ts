import { describeRange, isInRange, type NumericParameter, PARAMETER_RANGES, REQUEST_LIMITS, type SamplingParameters } from '@tandem/shared/contracts';
import { type Body, isSent, wrong } from './request-body';

const { stopStrings, stopCharacters } = REQUEST_LIMITS;
const SAME_NAME = ['temperature', 'top_p', 'top_k', 'seed'] as const;

/** The sampling values that were sent. llama.cpp's name for the penalty is as good as vLLM's. @throws Fault `invalid_request` */
export function parametersOf(body: Body, limits: readonly string[] = ['max_completion_tokens', 'max_tokens']): Partial<SamplingParameters> {
  const { repetition_penalty: one, repeat_penalty: other } = body;
  if (isSent(one) && isSent(other) && one !== other) throw wrong('repeat_penalty', 'must be what repetition_penalty is, or be left out');
  const sent: [NumericParameter, string][] = [
    ...SAME_NAME.map((name): [NumericParameter, string] => [name, name]),
    ['repetition_penalty', isSent(one) ? 'repetition_penalty' : 'repeat_penalty'],
    ['max_tokens', limits.find((name) => isSent(body[name])) ?? 'max_tokens'],
  ];
  const numbers = sent.flatMap(([name, field]) => {
    const value = body[field];
    if (!isSent(value)) return [];
    const range = PARAMETER_RANGES[name];
    if (!isInRange(value, range)) throw wrong(field, `must be ${describeRange(range)}`);
    return [[name, value]];
  });
  return { ...(Object.fromEntries(numbers) as Partial<SamplingParameters>), ...stopOf(body['stop']) };
}

function stopOf(stop: unknown): Pick<SamplingParameters, 'stop'> | undefined {
  if (!isSent(stop)) return undefined;
  const list: unknown[] = Array.isArray(stop) ? stop : [stop];
  const isRight = list.length <= stopStrings && list.every((text) => typeof text === 'string' && text !== '' && text.length <= stopCharacters);
  if (!isRight) throw wrong('stop', `must be a string, or at most ${stopStrings} strings, of 1 to ${stopCharacters} characters`);
  return { stop: list as string[] };
}
