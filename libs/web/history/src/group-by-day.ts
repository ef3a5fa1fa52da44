export interface DayGroup<T> {
  readonly name: string;
  readonly members: readonly T[];
}

const DAY_MS = 86_400_000;

/** The newest first, under the day they were last used: today, yesterday, the seven days before, then by month. */
export function groupByDay<T extends { readonly updatedAtMs: number }>(all: readonly T[], nowMs: number): readonly DayGroup<T>[] {
  const groups = new Map<string, T[]>();
  for (const each of [...all].sort((a, b) => b.updatedAtMs - a.updatedAtMs)) {
    const name = nameOf(each.updatedAtMs, nowMs);
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return [...groups].map(([name, members]) => ({ name, members }));
}

function nameOf(timeMs: number, nowMs: number): string {
  const days = Math.round((midnightOf(nowMs) - midnightOf(timeMs)) / DAY_MS);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days <= 8) return 'Previous 7 days';
  const [time, now] = [new Date(timeMs), new Date(nowMs)];
  return time.toLocaleDateString('en', { month: 'long', ...(time.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) });
}

/** In the reader's time zone. Days are rounded: one of them may have 23 or 25 hours. */
function midnightOf(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}
