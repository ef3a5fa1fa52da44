import type { ComparisonContent, KeptAnswer } from '@tandem/shared/contracts';
import type { AnswerDto } from '../requests/answer.dto';
import type { ComparisonRequestDto } from '../requests/comparison.dto';
import { LIMITS } from '../requests/text-rules';

/** A request as what is kept of it: nothing is left open. */
export function contentOf({ title, note, system, parameters, config_version, turns, ...sides }: ComparisonRequestDto): ComparisonContent {
  const [first] = turns;
  return {
    title: title || beginningOf(first?.prompt ?? '', LIMITS.titleCharacters),
    note: note ?? '',
    baseline: sides.baseline,
    derivative: sides.derivative,
    system: system ?? null,
    parameters: { baseline: parameters?.baseline ?? {}, derivative: parameters?.derivative ?? {} },
    config_version: config_version ?? null,
    turns: turns.map(({ prompt, baseline, derivative }) => ({ prompt, baseline: answerOf(baseline), derivative: answerOf(derivative) })),
  };
}

function answerOf(answer: AnswerDto): KeptAnswer {
  const { error, usage, timings } = answer;
  return {
    model: answer.model,
    identity: answer.identity ?? null,
    text: answer.text,
    thoughts: answer.thoughts ?? null,
    finish_reason: answer.finish_reason ?? null,
    error: error ? { ...error } : null,
    usage: usage ? { ...usage } : null,
    timings: timings ? { ...timings, ttft_ms: timings.ttft_ms ?? null, tokens_per_second: timings.tokens_per_second ?? null } : null,
    seed: answer.seed ?? null,
    ignored_parameters: answer.ignored_parameters ?? [],
  };
}

/** The first line of a text that says something, cut between characters. */
export function beginningOf(text: string, most: number): string {
  const line =
    text
      .split('\n')
      .find((each) => each.trim() !== '')
      ?.trim() ?? '';
  if (line.length <= most) return line;
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length > most - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
