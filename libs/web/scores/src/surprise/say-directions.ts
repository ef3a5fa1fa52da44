import { type Divergence, type OfBoth, type PairSide } from '@tandem/shared/contracts';
import { otherSide } from './answer-to-score';

/** What both models found of one side's answer. */
export interface ScoredDirection {
  readonly side: PairSide;
  readonly divergence: Pick<Divergence, 'bits_per_byte'>;
}

/** Who is surprised by whose answer. */
export interface Directions {
  readonly verdict: string;
  /** What it is told from. */
  readonly figures: string;
}

/** In words; undefined while nothing is known. */
export function sayDirections(directions: readonly ScoredDirection[], names: OfBoth<string>): Directions | undefined {
  const told = directions.flatMap(({ side, divergence: { bits_per_byte } }) => {
    const [own, others] = [bits_per_byte[side], bits_per_byte[otherSide(side)]];
    return own === null || others === null ? [] : [{ side, own, others }];
  });
  if (told.length === 0) return undefined;
  return { verdict: sayVerdict(told, names), figures: `Bits per byte: ${told.map((each) => sayOne(each, names)).join('; ')}.` };
}

interface Told {
  readonly side: PairSide;
  readonly own: number;
  readonly others: number;
}

function sayVerdict(told: readonly Told[], names: OfBoth<string>): string {
  const odd = told.filter(({ own, others }) => own > others);
  const same = told.filter(({ own, others }) => own === others);
  if (same.length === told.length) return `Both models find ${told.length > 1 ? 'both answers' : 'the answer'} equally likely.`;
  if (odd.length === 0)
    return told.length > 1 ? 'Each model is less surprised by its own answer.' : `${names[told[0]?.side ?? 'baseline']} is less surprised by its own answer.`;
  return odd.map(({ side }) => `${names[otherSide(side)]} finds ${names[side]}’s answer likelier than ${names[side]} itself does.`).join(' ');
}

function sayOne({ side, own, others }: Told, names: OfBoth<string>): string {
  return `${names[side]}’s answer ${own.toFixed(2)} under itself, ${others.toFixed(2)} under ${names[otherSide(side)]}`;
}
