import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';
import { ConfigurationError } from './configuration-error';
import type { PartialDocument } from './parse-document';
import { shrinkProblem } from './shrink-guard';
import { combine, type ConfigSnapshot } from './snapshot';
import { SourceFailure } from './source-failure';
import type { ConfigSource } from './sources';

/** What was wrong with the last refresh. */
export interface ConfigFailure {
  readonly code: string;
  readonly message: string;
  /** Since when it is so. */
  readonly at: Date;
}

type SourceName = ConfigSource['name'];

/**
 * Owns the configuration in force. A refresh reads and checks every source before anything changes, then swaps the
 * snapshot in one step; a source that fails goes on giving what it gave last, and `failure` says why. There is never
 * more than one refresh at a time.
 */
@Injectable()
export class ConfigStore implements OnModuleDestroy {
  private readonly logger = new Logger('Config');
  private readonly swaps = new Subject<ConfigSnapshot>();
  private documents: ReadonlyMap<SourceName, PartialDocument> = new Map();
  private current: ConfigSnapshot | undefined;
  private refreshing: Promise<void> | undefined;
  private problem: ConfigFailure | null = null;

  /** Highest priority first. */
  constructor(private readonly sources: readonly ConfigSource[]) {}

  /** The configuration in force. Running streams keep the one they started with. */
  get snapshot(): ConfigSnapshot {
    if (!this.current) throw new Error('The configuration was read before it was loaded.');
    return this.current;
  }

  /** Null while every source is fine. */
  get failure(): ConfigFailure | null {
    return this.problem;
  }

  /** Every new snapshot, from the second on. */
  get changes() {
    return this.swaps.asObservable();
  }

  /** The ETag of the remote document in force, where there is one. */
  get etag(): string | null {
    return this.sources.find(({ remote }) => remote)?.remote?.etag ?? null;
  }

  /** @throws ConfigurationError where a source on this machine is wrong and none elsewhere could be right. */
  async load(): Promise<ConfigSnapshot> {
    await this.refresh();
    return this.snapshot;
  }

  /** Reads every source again; one that is under way is joined. */
  refresh(): Promise<void> {
    this.refreshing ??= this.read().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  /** Lets go of what sources elsewhere hold open. */
  onModuleDestroy(): void {
    for (const { remote } of this.sources) remote?.close();
  }

  private async read(): Promise<void> {
    const documents = new Map<SourceName, PartialDocument>();
    let failure: unknown = null;
    let isSourceMissing = false;
    for (const source of this.sources) {
      const before = this.documents.get(source.name) ?? (await source.remote?.lastGood());
      try {
        documents.set(source.name, await this.readSource(source, before));
      } catch (thrown) {
        if (!(thrown instanceof SourceFailure || thrown instanceof ConfigurationError) || this.mustStop(source)) throw thrown;
        failure ??= thrown;
        if (before !== undefined) documents.set(source.name, before);
        else isSourceMissing ||= source.remote !== undefined;
      }
    }
    // the demo pair must not stand in for models that are only out of reach
    if (isSourceMissing) documents.delete('default');
    this.note(failure);
    this.swap(documents);
    await Promise.all(this.sources.map(({ remote }) => remote?.accept()));
  }

  private async readSource(source: ConfigSource, before: PartialDocument | undefined): Promise<PartialDocument> {
    const document = await source.load((field) => this.logger.warn(`${source.name}: unknown field "${field}" is ignored`));
    const problem = source.remote && before && shrinkProblem(before, document);
    if (problem) {
      source.remote?.refuse();
      throw new SourceFailure('config_shrinks', problem);
    }
    return document;
  }

  /** What the one who starts it wrote wrong is told before anything runs; a file may be wrong while another source is right. */
  private mustStop({ name }: ConfigSource): boolean {
    return this.current === undefined && (name === 'env' || this.sources.every(({ remote }) => remote === undefined));
  }

  private swap(documents: ReadonlyMap<SourceName, PartialDocument>): void {
    const before = this.current;
    const next = combine(listed(this.sources, documents), new Date(), before);
    this.documents = documents;
    if (before?.version === next.version && before.hasModels === next.hasModels) return;
    this.current = next;
    const { models, sources, version } = next;
    this.logger.log(`${models.length} models configured (baseline: ${sources.baseline}, twodelta: ${sources.twodelta}, version ${version})`);
    if (before === undefined) return;
    this.logger.log('Configuration updated successfully');
    this.swaps.next(next);
  }

  /** Told once, until it changes. */
  private note(failure: unknown): void {
    if (failure === null) {
      if (this.problem !== null) this.logger.log('The configuration is read without a problem again');
      this.problem = null;
      return;
    }
    const message = (failure as Error).message;
    const code = failure instanceof SourceFailure ? failure.code : 'config_invalid';
    if (this.problem?.message === message) return;
    this.problem = { code, message, at: new Date() };
    this.logger.error(`${message} ${this.current ? 'The last good configuration stays in force.' : ''}`.trim());
  }
}

function listed(sources: readonly ConfigSource[], documents: ReadonlyMap<SourceName, PartialDocument>) {
  return sources.map(({ name }) => ({ name, document: documents.get(name) ?? {} }));
}
