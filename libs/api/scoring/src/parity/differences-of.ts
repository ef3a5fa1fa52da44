import { type AskedSide, type OfBoth, PAIR_SIDES, type ParameterName, type ParityDifference } from '@tandem/shared/contracts';

/** Of what each prompt goes on with where they part. */
const SHOWN_CHARACTERS = 80;

/** What could not be made equal between the two sides of a pair. */
export function differencesOf(asked: OfBoth<AskedSide>): readonly ParityDifference[] {
  return [...ofPrompts(asked), ...ofParameters(asked), ...ofSides('cache', asked, 'reuses_cache'), ...ofSides('truncation', asked, 'truncates')];
}

function ofPrompts({ baseline, derivative }: OfBoth<AskedSide>): readonly ParityDifference[] {
  const texts = baseline.prompt !== null && derivative.prompt !== null ? ofTexts(baseline.prompt, derivative.prompt) : [];
  const tokens = baseline.tokens !== null && derivative.tokens !== null ? ofTokens(baseline.tokens, derivative.tokens) : [];
  const isSeen = (baseline.prompt !== null && derivative.prompt !== null) || (baseline.tokens !== null && derivative.tokens !== null);
  if (isSeen) return [...texts, ...tokens];
  const sides = { baseline, derivative };
  return [{ kind: 'prompt_unknown', sides: PAIR_SIDES.filter((side) => sides[side].prompt === null) }];
}

function ofTexts(ours: string, theirs: string): readonly ParityDifference[] {
  if (ours === theirs) return [];
  const at = commonCharacters(ours, theirs);
  const byte = Buffer.byteLength(ours.slice(0, at), 'utf8');
  return [{ kind: 'prompt', byte, baseline: shown(ours, at), derivative: shown(theirs, at) }];
}

/** In UTF-16, and never within a character. */
function commonCharacters(ours: string, theirs: string): number {
  let at = 0;
  for (const character of ours) {
    if (!theirs.startsWith(character, at)) break;
    at += character.length;
  }
  return at;
}

function shown(text: string, at: number): string {
  return Array.from(text.slice(at, at + 2 * SHOWN_CHARACTERS))
    .slice(0, SHOWN_CHARACTERS)
    .join('');
}

function ofTokens(ours: readonly number[], theirs: readonly number[]): readonly ParityDifference[] {
  const longer = ours.length > theirs.length ? ours : theirs;
  const token = longer.findIndex((_, place) => ours[place] !== theirs[place]);
  return token < 0 ? [] : [{ kind: 'tokens', token, baseline: ours[token] ?? null, derivative: theirs[token] ?? null }];
}

function ofParameters({ baseline, derivative }: OfBoth<AskedSide>): readonly ParityDifference[] {
  return (Object.keys(baseline.parameters) as ParameterName[])
    .filter((name) => baseline.parameters[name] === null || derivative.parameters[name] === null)
    .map((name) => ({ kind: 'parameter', name, baseline: baseline.parameters[name], derivative: derivative.parameters[name] }));
}

/** What is not known to be so is not known to be equal. */
function ofSides(kind: 'cache' | 'truncation', asked: OfBoth<AskedSide>, fact: 'reuses_cache' | 'truncates'): readonly ParityDifference[] {
  const sides = PAIR_SIDES.filter((side) => asked[side][fact] !== false);
  return sides.length === 0 ? [] : [{ kind, sides }];
}
