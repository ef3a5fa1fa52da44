import { FILE_LIMITS, type Fields, fieldsOf, nameOr, numberOr, readReason, readTimings, readUsage, textAt, wrong } from '@tandem/web/history/records';
import { type AnswerState, type AnswerView, newId } from '@tandem/web/run';
import { type RunFault } from '@tandem/web/data-access';

const LIMITS = { calls: 200, ignored: 50 } as const;

/** An answer in a file, as it is shown. */
export function readAnswer(value: unknown, prompt: string, at: string): AnswerView {
  const fields = fieldsOf(value);
  if (!fields) throw wrong(at, 'an object');
  const { ignored } = fields;
  const [seed, usage, timings] = [numberOr(fields['seed'], null), readUsage(fields['usage']), readTimings(fields['timings'])];
  return {
    id: newId(),
    prompt,
    thoughts: typeof fields['thoughts'] === 'string' ? textAt(fields, 'thoughts', at) : '',
    text: textAt(fields, 'text', at),
    ...readCalls(fields['calls'], at),
    state: readState(fieldsOf(fields['state']) ?? {}),
    firstTokenMs: numberOr(fields['firstTokenMs'], null),
    tokensPerSecond: numberOr(fields['tokensPerSecond'], null),
    tokens: numberOr(fields['tokens'], 0),
    ignored: Array.isArray(ignored) ? ignored.slice(0, LIMITS.ignored).flatMap((name: unknown) => nameOr(name, null) ?? []) : [],
    ...(seed === null ? {} : { seed }),
    ...(usage === null ? {} : { usage }),
    ...(timings === null ? {} : { timings }),
  };
}

/** Whatever had not ended when it was exported was interrupted. */
function readState({ kind, reason, fault }: Fields): AnswerState {
  if (kind === 'stopped') return { kind };
  if (kind === 'done') return reason === undefined ? { kind } : { kind, reason: readReason(reason) };
  if (kind !== 'failed') return { kind: 'interrupted' };
  const given = fieldsOf(fault) ?? {};
  const code = nameOr(given['code'], 'internal_error') as RunFault['code'];
  const param = nameOr(given['param'], null);
  const retryable = given['retryable'] !== false;
  return { kind, fault: { code, message: nameOr(given['message'], 'It failed.'), retryable, ...(param === null ? {} : { param }) } };
}

function readCalls(value: unknown, at: string): Pick<AnswerView, 'calls'> {
  if (!Array.isArray(value) || value.length === 0) return {};
  const calls = value.slice(0, LIMITS.calls).map((each: unknown, index) => {
    const fields = fieldsOf(each) ?? {};
    const place = `${at}.calls[${index}]`;
    return { index, name: textAt(fields, 'name', place).slice(0, FILE_LIMITS.name), arguments: textAt(fields, 'arguments', place) };
  });
  return { calls };
}
