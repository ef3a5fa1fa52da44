import { type Observable, Subject } from 'rxjs';
import type { CheckpointFiles } from './checkpoint-files';
import { groupCheckpointFiles } from './group-checkpoint-files';
import { FolderWatch } from './folder-watch';
import { scanFolder } from './scan-folder';
import { versionOf } from './seat-files';

/** A change is looked at after this much silence, and at the latest after the second: files arrive in many small writes. */
const SETTLE_MS = 100;
const LONGEST_SETTLE_MS = 400;
/** How long one look is good for where the folder cannot be watched. */
const FRESH_MS = 2_000;

/**
 * What lies in the checkpoints folder, as of now: it looks when the folder tells of a change, and when somebody asks
 * after one, or has not asked for a while. Owns the watch; closed by its owner.
 */
export class FolderIndex {
  private readonly news = new Subject<void>();
  private readonly watch: FolderWatch;
  private found: readonly CheckpointFiles[] = [];
  private lookedAtMs = -Infinity;
  private lookTookMs = 0;
  private looking: Promise<void> | null = null;
  private isOutdated = true;
  private settling: { readonly sinceMs: number; readonly timer: NodeJS.Timeout } | null = null;

  /** `watchedFreshMs`: how long one look is good for while the folder is watched; `hidden`: a folder in which no checkpoints are. */
  constructor(
    private readonly root: string,
    private readonly watchedFreshMs: number,
    private readonly hidden?: string,
  ) {
    this.watch = new FolderWatch(root, () => this.onChange());
  }

  /** Files were added, replaced or removed. Completes when it is closed. */
  get changes(): Observable<void> {
    return this.news.asObservable();
  }

  /** As of the last look. */
  get current(): readonly CheckpointFiles[] {
    return this.found;
  }

  /** The same array as before while nothing changed. */
  async files(): Promise<readonly CheckpointFiles[]> {
    const ageMs = performance.now() - this.lookedAtMs;
    const isRecent = ageMs <= 2 * this.lookTookMs;
    if (ageMs === Infinity || (this.isOutdated && !isRecent) || (!this.watch.isWatching && ageMs > FRESH_MS)) await this.look();
    else if (ageMs > this.watchedFreshMs) void this.look();
    return this.found;
  }

  async close(): Promise<void> {
    clearTimeout(this.settling?.timer);
    this.news.complete();
    await this.watch.close();
  }

  private onChange(): void {
    this.isOutdated = true;
    const now = performance.now();
    if (this.settling === null) {
      const timer = setTimeout(() => {
        this.settling = null;
        if (this.isOutdated) void this.look();
      }, SETTLE_MS).unref();
      this.settling = { sinceMs: now, timer };
    } else if (now - this.settling.sinceMs < LONGEST_SETTLE_MS - SETTLE_MS) this.settling.timer.refresh();
  }

  /** Looks now, whatever is known. */
  look(): Promise<void> {
    this.looking ??= this.scan().finally(() => (this.looking = null));
    return this.looking;
  }

  private async scan(): Promise<void> {
    const startedAt = performance.now();
    this.isOutdated = false;
    const found = groupCheckpointFiles(await scanFolder(this.root, this.hidden));
    this.lookedAtMs = startedAt;
    this.lookTookMs = performance.now() - startedAt;
    const isNews = found.length !== this.found.length || found.some((files, index) => isDifferent(files, this.found[index]));
    if (isNews) {
      this.found = found;
      this.news.next();
    }
    if (!this.watch.isWatching) void this.watch.start();
  }
}

function isDifferent(files: CheckpointFiles, before: CheckpointFiles | undefined): boolean {
  return before === undefined || before.problem !== files.problem || versionOf(before) !== versionOf(files);
}
