import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { Logger } from '@nestjs/common';
import { type FSWatcher, watch } from 'chokidar';

const MAX_DEPTH = 8;
/** After a failure. */
const RETRY_MS = 60_000;

type State = 'idle' | 'starting' | 'watching' | 'closed';

/**
 * Tells when something in a folder or its subfolders may have changed. It watches folders only, which tell of their
 * files: nothing is opened, and thousands of files take no more watches than one. Where watching is not possible, or
 * ends, `isWatching` is false and it can be started again. Closed by its owner.
 */
export class FolderWatch {
  private readonly logger = new Logger('Checkpoints');
  private state: State = 'idle';
  private watcher: FSWatcher | null = null;
  private lastProblem = '';
  private failedAtMs = -Infinity;

  constructor(
    private readonly folder: string,
    private readonly onChange: () => void,
    private readonly watchFolder: typeof watch = watch,
  ) {}

  get isWatching(): boolean {
    return this.state === 'watching';
  }

  /** Does nothing where the folder is missing, is watched already, or could not be watched a moment ago. */
  async start(): Promise<void> {
    if (this.state !== 'idle' || performance.now() - this.failedAtMs < RETRY_MS) return;
    this.state = 'starting';
    const root = await realpath(this.folder).catch(() => null);
    if (this.hasClosed()) return;
    if (root === null) this.state = 'idle';
    else this.watch(root);
  }

  async close(): Promise<void> {
    this.state = 'closed';
    await this.watcher?.close();
  }

  private watch(root: string): void {
    const watcher = this.watchFolder(root, {
      ignoreInitial: true,
      // What a link leads to is watched where it lies, or is none of ours.
      followSymlinks: false,
      depth: MAX_DEPTH,
      ignored: (path, stats) => (stats !== undefined && !stats.isDirectory()) || (path !== root && basename(path).startsWith('.')),
    });
    this.watcher = watcher;
    watcher.on('ready', () => {
      if (this.state === 'starting') this.state = 'watching';
      this.onChange();
    });
    watcher.on('raw', this.onChange);
    watcher.on('addDir', this.onChange);
    watcher.on('unlinkDir', (path) => {
      if (path === root) this.stopWatching(watcher);
      this.onChange();
    });
    // Typically ENOSPC: the system's limit of watches is reached.
    watcher.on('error', (error) => {
      this.report(error);
      this.stopWatching(watcher);
    });
  }

  private stopWatching(watcher: FSWatcher): void {
    if (this.hasClosed() || watcher !== this.watcher) return;
    this.state = 'idle';
    this.watcher = null;
    void watcher.close();
  }

  private report(error: unknown): void {
    const problem = (error as NodeJS.ErrnoException).code ?? String(error);
    if (problem !== this.lastProblem) this.logger.warn(`The checkpoints folder cannot be watched (${problem}); it is looked into when somebody asks.`);
    this.lastProblem = problem;
    this.failedAtMs = performance.now();
  }

  private hasClosed(): boolean {
    return this.state === 'closed';
  }
}
