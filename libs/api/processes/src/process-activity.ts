import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in these, whatever its own clock is. */
const CPU_TICK_MS = 10;

/** `waiting`: for the processor. `reading`: for a disk. `resting`: for anything else, or stopped. */
export type Pastime = 'waiting' | 'reading' | 'resting';

export interface Activity {
  /** Of all its threads, since it began. */
  readonly cpuMs: number;
  /** When it is asked for: a file for each thread is read then. */
  readonly pastime: Pastime;
}

/** What a process does now, from Linux' /proc; null where there is none. */
export function activityOf(pid: number | undefined): Activity | null {
  if (pid === undefined) return null;
  try {
    // in proc(5): fields 14 and 15, where the state is field 3
    const [user, system] = fieldsOf(`/proc/${pid}/stat`).slice(11, 13).map(Number);
    if (!Number.isFinite(user) || !Number.isFinite(system)) return null;
    return {
      cpuMs: ((user ?? 0) + (system ?? 0)) * CPU_TICK_MS,
      get pastime() {
        return pastimeOf(pid);
      },
    };
  } catch {
    return null;
  }
}

function pastimeOf(pid: number): Pastime {
  const tasks = `/proc/${pid}/task`;
  try {
    const states = new Set(readdirSync(tasks).map((task) => fieldsOf(`${tasks}/${task}/stat`)[0]));
    return states.has('R') ? 'waiting' : states.has('D') ? 'reading' : 'resting';
  } catch {
    return 'resting';
  }
}

/** Behind the name, which may hold anything. */
function fieldsOf(path: string): string[] {
  const text = readFileSync(path, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
