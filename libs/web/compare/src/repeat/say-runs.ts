import { type Spread, spreadOf } from '@tandem/shared/measures';
import { sayMilliseconds } from '@tandem/web/run';
import { type Measured } from './measured';

/** What the runs of one side gave: each figure's median with its interval of 95 %; where there are too few runs for one, with the least and the greatest. */
export function sayRuns({ firstTokenMs, tokensPerSecond, planned }: Measured, repeats: number, isGoingOn: boolean): string {
  const [done, count] = [firstTokenMs.length, planned ?? repeats];
  if (done === 0) return isGoingOn ? `run 1 of ${count}` : 'no run came to its end';
  return [
    isGoingOn && done < count ? `${done} of ${count} runs` : `${done} ${done === 1 ? 'run' : 'runs'}`,
    ...saySpread('first token ', firstTokenMs, sayMilliseconds),
    ...saySpread('', tokensPerSecond, (perSecond) => (perSecond < 10 ? perSecond.toFixed(1) : String(Math.round(perSecond))), ' tok/s'),
  ].join(' · ');
}

function saySpread(name: string, values: readonly number[], say: (value: number) => string, unit = ''): readonly string[] {
  const spread = spreadOf(values);
  return spread ? [`${name}${say(spread.median)}${unit} (${sayInterval(spread, values, say)})`] : [];
}

function sayInterval({ interval }: Spread, values: readonly number[], say: (value: number) => string): string {
  return interval ? `95 %: ${say(interval.low)} to ${say(interval.high)}` : `${say(Math.min(...values))} to ${say(Math.max(...values))}`;
}
