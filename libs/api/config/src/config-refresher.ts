import { stat } from 'node:fs/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Readiness } from '@tandem/api/http';
import { Rounds } from '@tandem/shared/concurrency';
import { type FSWatcher, watch } from 'chokidar';
import { ConfigStore } from './config-store';
import type { Environment } from './environment';
import { ENVIRONMENT } from './tokens';

/** Several replicas must not ask in the same moment: each waits up to a tenth longer or shorter. */
const JITTER = 0.1;
/** A file that is still being written is not read. */
const STABLE_MS = 200;

/** Reads the configuration again in time, and when the local file changes. */
@Injectable()
export class ConfigRefresher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Config');
  private watcher: FSWatcher | undefined;
  private readonly rounds: Rounds;

  constructor(
    private readonly store: ConfigStore,
    private readonly readiness: Readiness,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    const waitMs = (): number => environment.refreshIntervalMinutes * 60_000 * (1 + JITTER * (2 * Math.random() - 1));
    this.rounds = new Rounds(() => this.refresh(), waitMs);
  }

  /** Null where none is planned. Right also after the machine's clock was set. */
  get nextRefreshAt(): Date | null {
    const { dueMs } = this.rounds;
    return dueMs === null ? null : new Date(Date.now() + dueMs - performance.now());
  }

  onApplicationBootstrap(): void {
    this.judge();
    const { s3Bucket, refreshIntervalMinutes, configFile } = this.environment;
    if (s3Bucket !== undefined && refreshIntervalMinutes > 0) {
      this.rounds.wait();
      this.logger.log(`Config refresh scheduled every ${refreshIntervalMinutes} minutes`);
    }
    this.watcher = watch(configFile, { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: STABLE_MS / 4 } });
    this.watcher.on('all', () => void this.refresh());
    this.watcher.on('ready', () => void this.catchUp());
    this.watcher.on('error', (error) => this.logger.warn(`Changes of ${configFile} are not noticed: ${String(error)}`));
  }

  /** Now; never rejects: what went wrong is the store's `failure`. */
  async refresh(): Promise<void> {
    await this.store.refresh().catch((error: unknown) => this.logger.error(error));
    this.judge();
  }

  async onModuleDestroy(): Promise<void> {
    this.rounds.close();
    await this.watcher?.close();
  }

  /** What changed between the first read and the watch is no event. */
  private async catchUp(): Promise<void> {
    const { mtimeMs } = await stat(this.environment.configFile).catch(() => ({ mtimeMs: 0 }));
    if (mtimeMs >= this.store.snapshot.loadedAt.getTime()) await this.refresh();
  }

  private judge(): void {
    const { hasModels } = this.store.snapshot;
    const reason = this.store.failure?.message ?? 'No source of configuration names a model.';
    this.readiness.noteConfig(hasModels ? null : `There is no configuration yet: ${reason} It is asked for again.`);
  }
}
