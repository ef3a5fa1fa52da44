import { type OfBoth, type ScoredToken } from '@tandem/shared/contracts';
import { ALTERNATIVES } from '../scoring/scoring-task';
import { type TextPiece } from './pieces';
import { sayBits, sayKl, sayShare, sayToken } from './say-amounts';

/** What one model found of a piece of a text, in words. */
export interface ModelReading {
  readonly side: 'baseline' | 'derivative';
  readonly probability: string;
  readonly bits: string;
  readonly rank: string;
  /** What it found likelier, or likeliest, at this place. */
  readonly alternatives: readonly { readonly text: string; readonly share: string; readonly isIt: boolean }[];
}

/** A piece of a text with what both models found of it, in words. */
export interface PieceReading {
  readonly text: string;
  /** How many pieces stand before it, and it: from 1. */
  readonly place: string;
  readonly models: readonly ModelReading[];
  /** How far the two expectations are apart here; empty where that is not known. */
  readonly kl: string;
}

const SHOWN = 5;
const UNKNOWN = '–';

/** The first of `sides` stands first. */
export function readPiece(piece: TextPiece, at: number, sides: readonly (keyof OfBoth<unknown>)[], isBound: boolean): PieceReading {
  return {
    text: sayToken(piece.text),
    place: `token ${(at + 1).toLocaleString('en')}`,
    models: sides.map((side) => readModel(side, piece.bits[side], piece.tokens[side])),
    kl: piece.kl === null ? '' : `${sayKl(piece.kl, isBound ? 'lower_bound' : 'exact')} nats`,
  };
}

function readModel(side: ModelReading['side'], bits: number | null, tokens: readonly ScoredToken[]): ModelReading {
  const [token] = tokens;
  const isOne = tokens.length === 1;
  return {
    side,
    probability: bits === null ? UNKNOWN : sayShare(2 ** -bits),
    bits: bits === null ? 'nothing stands before it' : sayBits(bits),
    rank: isOne && token ? sayRank(token) : `${tokens.length} tokens of its own here`,
    alternatives: (isOne && token ? token.top.slice(0, SHOWN) : []).map(({ text, logprob }) => ({
      text: sayToken(text),
      share: sayShare(Math.exp(logprob)),
      isIt: text === token?.text,
    })),
  };
}

function sayRank({ rank, logprob }: ScoredToken): string {
  if (logprob === null) return '';
  return rank === null ? `not among its ${ALTERNATIVES} likeliest` : `rank ${rank.toLocaleString('en')}`;
}
