import { groupByDay } from './group-by-day';

const NOW = new Date(2026, 10, 20, 0, 30).getTime();
const at = (...date: [number, number, number, number?]): { id: string; updatedAtMs: number } => {
  const updatedAtMs = new Date(...(date as [number, number, number, number])).getTime();
  return { id: date.join('-'), updatedAtMs };
};
const grouped = (...all: ReturnType<typeof at>[]): [string, string[]][] => groupByDay(all, NOW).map(({ name, members }) => [name, members.map(({ id }) => id)]);

describe('groupByDay', () => {
  it.each<[string, [number, number, number, number?]]>([
    ['Today', [2026, 10, 20, 0]],
    ['Today', [2026, 10, 21, 9]],
    ['Yesterday', [2026, 10, 19, 23]],
    ['Yesterday', [2026, 10, 19, 0]],
    ['Previous 7 days', [2026, 10, 18, 12]],
    ['Previous 7 days', [2026, 10, 12, 12]],
    ['November', [2026, 10, 11, 12]],
    ['October', [2026, 9, 31, 12]],
    ['November 2025', [2025, 10, 20, 12]],
  ])('puts under "%s" what was last used on %j', (name, date) => {
    expect(grouped(at(...date))).toEqual([[name, [date.join('-')]]]);
  });

  it('puts the newest first, groups and members alike', () => {
    expect(grouped(at(2026, 9, 1, 1), at(2026, 10, 20, 0), at(2026, 9, 3, 1))).toEqual([
      ['Today', ['2026-10-20-0']],
      ['October', ['2026-9-3-1', '2026-9-1-1']],
    ]);
  });
});
