import { type ModelCard } from '@tandem/shared/contracts';
import { firstDifference } from '@tandem/shared/measures';
import { type AnswerView, sayMilliseconds } from '@tandem/web/run';
import { costRatio } from './cost';

/** An answer, and the id of the model that gave it. */
export interface AnswerOfPair {
  readonly model: string;
  readonly answer: Pick<AnswerView, 'text' | 'firstTokenMs' | 'tokensPerSecond' | 'usage'>;
}

/** How the right side's answer differs from the left one's, in a few words. */
export interface PairFigure {
  readonly name: 'first token' | 'speed' | 'length' | 'cost' | 'difference';
  readonly words: string;
  /** What it is told from. */
  readonly title: string;
  /** Whether it names a place in the texts. */
  readonly isPlace?: boolean;
}

/** Whatever can be known of two whole answers; what cannot is left out. */
export function figuresOfPair(left: AnswerOfPair, right: AnswerOfPair, cards: ReadonlyMap<string, ModelCard>): readonly PairFigure[] {
  return [firstTokenOf(left, right), speedOf(left, right), lengthOf(left, right), costFigure(left, right, cards), differenceOf(left, right)].filter(
    (figure) => figure !== undefined,
  );
}

function firstTokenOf({ answer: left }: AnswerOfPair, { answer: right }: AnswerOfPair): PairFigure | undefined {
  if (left.firstTokenMs === null || right.firstTokenMs === null) return undefined;
  const words = `first token ${signed(right.firstTokenMs - left.firstTokenMs, (ms) => sayMilliseconds(ms))}`;
  return { name: 'first token', words, title: `${sayMilliseconds(right.firstTokenMs)} against ${sayMilliseconds(left.firstTokenMs)}` };
}

/** Of tokens alone: pieces of text are as long as each server makes them. */
function speedOf({ answer: left }: AnswerOfPair, { answer: right }: AnswerOfPair): PairFigure | undefined {
  if (!left.usage || !right.usage || !left.tokensPerSecond || !right.tokensPerSecond) return undefined;
  const words = `${(right.tokensPerSecond / left.tokensPerSecond).toFixed(2)}× tok/s`;
  return { name: 'speed', words, title: `${right.tokensPerSecond.toFixed(1)} against ${left.tokensPerSecond.toFixed(1)} tokens a second` };
}

/** In characters: what a token is, each model says for itself. Where one said nothing, there is no length to compare. */
function lengthOf({ answer: left }: AnswerOfPair, { answer: right }: AnswerOfPair): PairFigure | undefined {
  const [before, now] = [left.text.length, right.text.length];
  if (before === 0 || now === 0) return undefined;
  return { name: 'length', words: sayLength(now / before), title: `${now.toLocaleString('en')} characters against ${before.toLocaleString('en')}` };
}

/** From twice on as a multiple: nobody reads 42,100 % longer. */
function sayLength(ratio: number): string {
  if (ratio >= 2) return `${ratio.toLocaleString('en', { maximumFractionDigits: ratio < 10 ? 1 : 0 })}× as long`;
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  return percent === 0 ? 'equally long' : `${percent} % ${ratio > 1 ? 'longer' : 'shorter'}`;
}

function costFigure(left: AnswerOfPair, right: AnswerOfPair, cards: ReadonlyMap<string, ModelCard>): PairFigure | undefined {
  const [of, than] = [left, right].map(({ model, answer: { usage } }) => ({ card: cards.get(model), usage }));
  const ratio = of && than && costRatio(of, than);
  if (ratio === undefined) return undefined;
  return {
    name: 'cost',
    words: `${signed(Math.round(ratio * 100), (percent) => `${percent} %`)} cost`,
    title: 'By the prices of the models, and the tokens counted',
  };
}

function differenceOf({ answer: { text: left } }: AnswerOfPair, { answer: { text: right } }: AnswerOfPair): PairFigure | undefined {
  if (left === '' || right === '') return undefined;
  const difference = firstDifference(left, right);
  if (difference === null) return { name: 'difference', words: left === right ? 'the same text' : 'the same words', title: 'Where the two texts part' };
  const [before, now] = [difference.baseline, difference.derivative].map((word) => (word === null ? 'the end' : `“${word}”`));
  return {
    name: 'difference',
    words: `first difference: word ${difference.word.toLocaleString('en')}`,
    title: `${now} in the place of ${before}`,
    isPlace: true,
  };
}

function signed(value: number, say: (amount: number) => string): string {
  const rounded = Math.round(value);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${say(Math.abs(rounded))}`;
}
