import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { makeFolder } from '@tandem/api/processes';
import { type ConversionId, hash } from './convertible';
import { freeBytes, isWritable } from './disk';
import type { ImportOptions } from './import-options';

/** `<whose folder, where several share one><source>-<key>.gguf` */
const NAME = /^(?<scope>[0-9a-f]{12}-)?(?<source>[0-9a-f]{16})-(?<key>[0-9a-f]{32})\.gguf(?:\.(?<pid>\d+)\.partial)?$/;
/** In the checkpoints folder. */
const OWN_FOLDER = '.converted';
const FRESH_MS = 2_000;

/** One of the folders that conversions may lie in. */
interface Shelf {
  readonly path: string;
  /** Before the names of this server's conversions, where those of other checkpoints folders may lie there too. */
  readonly scope: string;
}

export interface ConvertedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** A file that is being written, and its name when it is complete. */
export interface PartialFile {
  readonly path: string;
  readonly finalPath: string;
}

/**
 * The conversions on the disk: which there are, where another can be written, and which are of no use any more. A file has
 * its name only when it is complete and on the disk; what is written bears the number of this process.
 */
export class ConvertedFolder {
  private readonly shelves: readonly Shelf[];
  private files = new Map<string, string>();
  private writable: Shelf | null = null;
  private lookedAtMs = -Infinity;
  private looking: Promise<void> | null = null;
  private changeCount = 0;

  constructor(private readonly options: Pick<ImportOptions, 'checkpointsDir' | 'convertedDir'>) {
    const root = resolve(options.checkpointsDir);
    const given = options.convertedDir === undefined ? [] : [{ path: resolve(options.convertedDir), scope: `${hash(root).slice(0, 12)}-` }];
    this.shelves = [...given, { path: join(root, OWN_FOLDER), scope: '' }];
  }

  /** Goes up when there are others, or when they can be written elsewhere than before. */
  get version(): number {
    return this.changeCount;
  }

  /** Why nothing can be converted; null where it can. As of the last look. */
  get obstacle(): string | null {
    if (this.writable !== null || this.lookedAtMs === -Infinity) return null;
    const own = `${basename(resolve(this.options.checkpointsDir))}/${OWN_FOLDER}`;
    const where = this.options.convertedDir === undefined ? `into ${own}` : `into the folder that CONVERTED_DIR names nor into ${own}`;
    const cannot = this.options.convertedDir === undefined ? 'cannot write' : 'can write neither';
    return `This checkpoint must be converted once, and Tandem ${cannot} ${where}. Set CONVERTED_DIR to a folder that it may write to.`;
  }

  /** As of the last look. */
  has(id: ConversionId): boolean {
    return this.files.has(keyOf(id));
  }

  /** Looks again, where the last look is not of just now. */
  async refresh(isNow = false): Promise<void> {
    if (!isNow && performance.now() - this.lookedAtMs < FRESH_MS) return;
    this.looking ??= this.look().finally(() => (this.looking = null));
    await this.looking;
  }

  async find(id: ConversionId): Promise<ConvertedFile | null> {
    const path = this.files.get(keyOf(id));
    const stats = path === undefined ? null : await stat(path).catch(() => null);
    if (path !== undefined && stats?.isFile() === true) return { path, sizeBytes: stats.size };
    if (path !== undefined) await this.refresh(true);
    return null;
  }

  /** What another may take; null where none can be written. */
  async roomBytes(): Promise<number | null> {
    return this.writable === null ? null : freeBytes(this.writable.path);
  }

  /** An empty file to write into. @throws what the system says */
  async begin({ source, key }: ConversionId): Promise<PartialFile> {
    if (this.writable === null) throw Object.assign(new Error('No folder can be written to.'), { code: 'EACCES' });
    const { path: folder, scope } = this.writable;
    await makeFolder(folder);
    const finalPath = join(await realpath(folder), `${scope}${source}-${key}.gguf`);
    const path = `${finalPath}.${process.pid}.partial`;
    await (await open(path, 'w')).close();
    return { path, finalPath };
  }

  /** Gives a complete file its name, once it is on the disk. */
  async keep({ path, finalPath }: PartialFile): Promise<void> {
    await flush(path);
    await rename(path, finalPath);
    await flush(join(finalPath, '..'));
    await this.refresh(true);
  }

  async discard({ path }: PartialFile): Promise<void> {
    await rm(path, { force: true });
  }

  /** A conversion that turned out to be of no use. */
  async remove(id: ConversionId): Promise<void> {
    const path = this.files.get(keyOf(id));
    if (path !== undefined) await rm(path, { force: true }).catch(() => undefined);
    await this.refresh(true);
  }

  /** Removes this folder's conversions for which `isWanted` is false, and what processes that are gone left half written. */
  async tidy(isWanted: (id: ConversionId) => boolean): Promise<void> {
    for (const { path, scope } of this.shelves) {
      for (const name of await namesIn(path)) {
        const found = partsOf(name, scope);
        if (found === null) continue;
        const isOver = found.pid === null ? !isWanted(found.id) : !isOurs(found.pid) && !isAlive(found.pid);
        // Where it cannot be removed it does no harm either.
        if (isOver) await rm(join(path, name), { force: true }).catch(() => undefined);
      }
    }
    await this.refresh(true);
  }

  /** At the start: nothing is being written by this process yet, whatever bears its number. */
  async removeLeftovers(): Promise<void> {
    for (const { path, scope } of this.shelves) {
      for (const name of await namesIn(path)) {
        const pid = partsOf(name, scope)?.pid ?? null;
        if (pid !== null && (isOurs(pid) || !isAlive(pid))) await rm(join(path, name), { force: true }).catch(() => undefined);
      }
    }
  }

  private async look(): Promise<void> {
    const files = new Map<string, string>();
    let writable: Shelf | null = null;
    for (const shelf of this.shelves) {
      for (const name of await namesIn(shelf.path)) {
        const found = partsOf(name, shelf.scope);
        if (found?.pid === null && !files.has(keyOf(found.id))) files.set(keyOf(found.id), join(shelf.path, name));
      }
      if (writable === null && (await isWritable(shelf.path))) writable = shelf;
    }
    const isNews = writable !== this.writable || files.size !== this.files.size || [...files.keys()].some((key) => !this.files.has(key));
    this.files = files;
    this.writable = writable;
    this.lookedAtMs = performance.now();
    if (isNews) this.changeCount++;
  }
}

function keyOf({ source, key }: ConversionId): string {
  return `${source}-${key}`;
}

function partsOf(name: string, scope: string): { id: ConversionId; pid: number | null } | null {
  const groups = NAME.exec(name)?.groups;
  if (groups === undefined || (groups['scope'] ?? '') !== scope) return null;
  const { source = '', key = '', pid } = groups;
  return { id: { source, key }, pid: pid === undefined ? null : Number(pid) };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** Some file systems have nothing to flush. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle
    .sync()
    .catch(() => undefined)
    .finally(() => handle.close());
}

function isOurs(pid: number): boolean {
  return pid === process.pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
