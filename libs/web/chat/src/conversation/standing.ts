import { type AnswerView } from '@tandem/web/run';
import { PAGE_BEFORE, THIS_PAGE } from '../archive/page-identity';
import { type AnswerRecord } from '../archive/records';

/** After how long without a word the page that makes an answer is taken for gone, in milliseconds. */
export const SILENT_MS = 6_000;

/**
 * Whether an answer without an end is still being made by another page of this browser. One that was written in the
 * future was written before somebody set the clock back.
 */
export function isMadeElsewhere({ end, writer, writtenAtMs }: AnswerRecord, nowMs: number): boolean {
  return end === null && writer !== THIS_PAGE && writer !== PAGE_BEFORE && Math.abs(nowMs - writtenAtMs) < SILENT_MS;
}

/** A kept answer as it is shown. */
export function viewOf(record: AnswerRecord, question: string, nowMs: number): AnswerView {
  const { id, thoughts, text, calls, firstTokenMs, tokensPerSecond, tokens, ignored, seed, usage } = record;
  const state = record.end ?? { kind: isMadeElsewhere(record, nowMs) ? ('elsewhere' as const) : ('interrupted' as const) };
  return {
    ...{ id, prompt: question, thoughts, text, state, firstTokenMs, tokensPerSecond, tokens, ignored },
    ...(calls ? { calls } : {}),
    ...(seed === null ? {} : { seed }),
    ...(usage === null ? {} : { usage }),
  };
}
