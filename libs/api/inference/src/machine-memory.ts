import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';

const CGROUP_ROOTS = ['/sys/fs/cgroup', '/sys/fs/cgroup/memory'] as const;

export interface MachineMemory {
  /** What the machine has, or the container's limit where that is lower. */
  readonly totalBytes: number;
  /** What could still be taken without pushing out what a running process has. */
  readonly availableBytes: number;
}

/**
 * The memory there is. Files mapped by `enginePid` count as taken: to the kernel a loaded model's weights are a cache
 * that it could drop, but a model that is read from disk again for every token is of no use.
 */
export function readMachineMemory(enginePid?: number): MachineMemory {
  const constrained = process.constrainedMemory();
  const isConstrained = constrained > 0 && constrained < totalmem();
  // The limit counts the page cache as used, the way Node does; most of that can be had back.
  const available = isConstrained ? Math.min(process.availableMemory() + cachedFileBytes(), constrained, freemem()) : freemem();
  return {
    totalBytes: isConstrained ? constrained : totalmem(),
    availableBytes: Math.max(0, available - mappedFileBytes(enginePid)),
  };
}

function mappedFileBytes(pid: number | undefined): number {
  return pid === undefined ? 0 : numberIn(`/proc/${pid}/status`, /^RssFile:\s+(\d+) kB/m) * 1024;
}

function cachedFileBytes(): number {
  const own = /^0::(\/.*)$/m.exec(textOf('/proc/self/cgroup'))?.[1] ?? '';
  const paths = [`${CGROUP_ROOTS[0]}${own}`, ...CGROUP_ROOTS].map((folder) => `${folder}/memory.stat`);
  for (const path of paths) {
    const bytes = numberIn(path, /^active_file (\d+)/m) + numberIn(path, /^inactive_file (\d+)/m);
    if (bytes > 0) return bytes;
  }
  return 0;
}

function numberIn(path: string, pattern: RegExp): number {
  return Number(pattern.exec(textOf(path))?.[1] ?? 0);
}

/** These files are the kernel's own memory: reading them waits for nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
