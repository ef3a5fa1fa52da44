import type { JudgeVotes, PeopleVotes } from '@tandem/shared/contracts';

/** To three digits. */
export function figure(value: number): string {
  return Math.abs(value) >= 1e6 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

export function percent(share: number): string {
  return `${figure(share * 100)} %`;
}

/** `temperature 0, seed 7`. */
export function sayParameters(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}

/** `0.75 [0.512, 0.914] of 40, decided for it (evidence 31.6)`. */
export function sayVotes({ win_rate, interval, decisive, evidence, decided }: JudgeVotes | PeopleVotes): string {
  if (win_rate === null) return 'ties only';
  const verdict = decided === null ? 'not decided' : decided === 'derivative' ? 'decided for it' : 'decided for the first';
  return `${figure(win_rate)} [${figure(interval.low)}, ${figure(interval.high)}] of ${decisive}, ${verdict} (evidence ${figure(evidence)})`;
}
