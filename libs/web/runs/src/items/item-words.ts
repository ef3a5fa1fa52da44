import type { RunAnswer, RunItem } from '@tandem/shared/contracts';
import { firstDifference } from '@tandem/shared/measures';
import type { MarkKind } from '@tandem/web/design';
import { sayMilliseconds } from '@tandem/web/run';
import { sayNats, sayRatio } from '../figures/say-figures';
import type { ItemPair } from './item-answers';

/** No row has room for more, in UTF-16 characters. */
const LINE = 200;
/** Of texts that are longer nobody waits for the place where they part. */
const LONGEST = 50_000;

export interface CheckWord {
  readonly mark: MarkKind;
  readonly words: string;
}

/** The first line that says something; what failed says why. */
export function firstLine(answer: RunAnswer | undefined): string {
  if (answer === undefined) return '';
  if (answer.error) return answer.error.message.slice(0, LINE);
  const text = answer.text.trimStart();
  const end = text.indexOf('\n');
  return text.slice(0, Math.min(LINE, end === -1 ? LINE : end)).trimEnd();
}

/** "word 3"; "none" of the same text, and a dash where an answer is missing. */
export function sayFirstDifference({ baseline, derivative }: ItemPair): string {
  if (!baseline || !derivative || baseline.error || derivative.error) return '–';
  if (baseline.text === derivative.text) return 'none';
  if (Math.max(baseline.text.length, derivative.text.length) > LONGEST) return 'too long';
  const difference = firstDifference(baseline.text, derivative.text);
  return difference === null ? 'white space' : `word ${difference.word.toLocaleString('en')}`;
}

/** What the checks of one side found; undefined where there are none. */
export function sayCheck(answer: RunAnswer | undefined): CheckWord | undefined {
  if (!answer?.check || answer.error) return undefined;
  const { passed } = answer.check;
  if (passed === null) return { mark: 'unknown', words: 'could not be told' };
  return passed ? { mark: 'done', words: 'passed' } : { mark: 'bad', words: 'not passed' };
}

/** Whether one side was right and the other wrong. */
export function isFlip({ baseline, derivative }: ItemPair): boolean {
  const [one, other] = [baseline?.check?.passed, derivative?.check?.passed];
  return typeof one === 'boolean' && typeof other === 'boolean' && one !== other;
}

/** "58 to 64": of the answers, as their servers counted them. */
export function sayTokens({ baseline, derivative }: ItemPair): string {
  const counts = [baseline, derivative].map((answer) => answer?.usage?.completion_tokens);
  return counts.every((count) => count === undefined) ? '–' : counts.map((count) => count?.toLocaleString('en') ?? '–').join(' to ');
}

export interface ItemNumbers {
  readonly lengthRatio: string;
  readonly divergence: string;
  readonly latency: string;
}

export function sayNumbers({ length_ratio, divergence, latency }: Pick<RunItem, 'length_ratio' | 'divergence' | 'latency'>): ItemNumbers {
  return {
    lengthRatio: length_ratio === null ? '–' : sayRatio(length_ratio),
    divergence: divergence === null ? '–' : sayNats(divergence),
    latency: latency === null ? '–' : sayMilliseconds(latency),
  };
}
