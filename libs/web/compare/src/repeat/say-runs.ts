import { sayMilliseconds } from '@tandem/web/run';
import { SIDES } from '../side/sides';
import { type Measured, spreadOf } from './measured';

/** What the runs of one side gave, as a line of readouts. */
export interface RunsLine {
  readonly side: string;
  readonly name: string;
  readonly tone: string;
  readonly words: string;
}

export function sayRuns(measured: readonly Measured[], count: number, isGoingOn: boolean): readonly RunsLine[] {
  return SIDES.flatMap(({ id, name, tone }) => {
    const own = measured.find(({ side }) => side === id);
    return own ? [{ side: id, name, tone, words: sayOne(own, count, isGoingOn) }] : [];
  });
}

function sayOne({ firstTokenMs, tokensPerSecond }: Measured, count: number, isGoingOn: boolean): string {
  const done = firstTokenMs.length;
  if (done === 0) return isGoingOn ? `run 1 of ${count}` : 'no run came to its end';
  const [first, speed] = [spreadOf(firstTokenMs), spreadOf(tokensPerSecond)];
  return [
    isGoingOn && done < count ? `${done} of ${count} runs` : `${done} ${done === 1 ? 'run' : 'runs'}`,
    ...(first ? [`first token ${sayMilliseconds(first.median)} (${sayMilliseconds(first.least)} to ${sayMilliseconds(first.greatest)})`] : []),
    ...(speed ? [`${round(speed.median)} tok/s (${round(speed.least)} to ${round(speed.greatest)})`] : []),
  ].join(' · ');
}

function round(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : String(Math.round(perSecond));
}
