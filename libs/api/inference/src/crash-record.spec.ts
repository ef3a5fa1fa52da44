import { CrashRecord } from './crash-record';

function lastOf(times: readonly number[]): boolean {
  const record = new CrashRecord();
  return times.map((at) => record.note(at)).at(-1) ?? false;
}

describe('CrashRecord', () => {
  it.each([
    ['gives up at the third crash within a minute', [0, 20_000, 50_000], true],
    ['takes two crashes for accidents', [0, 20_000], false],
    ['forgets crashes after a minute', [0, 50_000, 61_000], false],
    ['counts generations that died together as one crash', [0, 1, 2, 3], false],
  ])('%s', (_title, times, isGivenUp) => {
    expect(lastOf(times)).toBe(isGivenUp);
  });
});
