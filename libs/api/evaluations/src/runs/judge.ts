import { Injectable } from '@nestjs/common';
import type { RunAnswer, RunVerdict, SetPrompt } from '@tandem/shared/contracts';
import { messagesOf, SideAsker } from './side-asker';

type Choice = 'A' | 'B' | 'tie';

const INSTRUCTION = `You compare two answers to the same task. Judge which one does better what was asked: whether it is right, complete and to the point. Length and order do not count.
End with one line that holds only your verdict: [[A]] where answer A is better, [[B]] where answer B is better, or [[tie]].`;

const VERDICT = /\[\[(A|B|tie)\]\]/gi;
/** What a short last line may say beside the verdict, where a model leaves the brackets out. */
const BESIDE = new Set(['answer', 'better', 'choice', 'final', 'is', 'my', 'result', 'the', 'verdict', 'winner']);
/** Room for a model that thinks aloud first. */
const MOST_TOKENS = 1_024;

/** Asks a model which of two answers is better, in both orders: where it says something else then, it is a tie. */
@Injectable()
export class Judge {
  constructor(private readonly asker: SideAsker) {}

  /** Null where it could not be asked or understood. */
  async verdict(
    judge: string,
    prompt: SetPrompt,
    baseline: RunAnswer,
    derivative: RunAnswer,
    seed: number,
    signal: AbortSignal,
  ): Promise<RunVerdict['winner']> {
    const choose = async (first: RunAnswer, second: RunAnswer): Promise<Choice | null> => {
      const asked: SetPrompt = { id: prompt.id, system: INSTRUCTION, prompt: questionOf(prompt, first.text, second.text) };
      const { text, error } = await this.asker.ask(judge, asked, { temperature: 0, max_tokens: MOST_TOKENS, seed }, signal);
      return error === null ? choiceIn(text) : null;
    };
    const [straight, turned] = [await choose(baseline, derivative), await choose(derivative, baseline)];
    return winnerOf(straight, turned);
  }
}

/** What both orders say together; in the second, A is the derivative. */
export function winnerOf(straight: Choice | null, turned: Choice | null): RunVerdict['winner'] {
  if (straight === null || turned === null) return null;
  if (straight === 'A' && turned === 'B') return 'baseline';
  if (straight === 'B' && turned === 'A') return 'derivative';
  return 'tie';
}

/** The last verdict in a judge's answer. */
export function choiceIn(text: string): Choice | null {
  const last = [...text.matchAll(VERDICT)].at(-1)?.[1] ?? wordOf(text.trimEnd().split('\n').at(-1) ?? '');
  if (last === undefined) return null;
  return last.length === 1 ? (last.toUpperCase() as 'A' | 'B') : 'tie';
}

/** The verdict of a last line that says nothing else: `**Verdict: B**`. */
function wordOf(line: string): string | undefined {
  const words = line.match(/\p{L}+/gu) ?? [];
  const verdict = words.at(-1) ?? '';
  return /^(?:[AB]|tie)$/i.test(verdict) && words.slice(0, -1).every((word) => BESIDE.has(word.toLowerCase())) ? verdict : undefined;
}

function questionOf(prompt: SetPrompt, first: string, second: string): string {
  const task = messagesOf(prompt)
    .map(({ role, content }) => `${role}: ${content}`)
    .join('\n');
  const reference = prompt.reference === undefined ? '' : `<reference>\n${prompt.reference}\n</reference>\n`;
  return `<task>\n${task}\n</task>\n${reference}<answer_a>\n${first}\n</answer_a>\n<answer_b>\n${second}\n</answer_b>`;
}
