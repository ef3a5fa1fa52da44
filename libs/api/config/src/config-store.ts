import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';
import { type ConfigFailure, ConfigProblems } from './config-problems';
import { ConfigurationError } from './configuration-error';
import { danglingBaseline } from './dangling-baseline';
import { loopProblem, type OwnAddress } from './own-address';
import type { PartialDocument } from './parse-document';
import { say } from './sentence';
import { shrinkProblem } from './shrink-guard';
import { combine, type ConfigSnapshot } from './snapshot';
import { SourceFailure } from './source-failure';
import type { ConfigSource } from './sources';
import { UnknownFields } from './unknown-fields';

type SourceName = ConfigSource['name'];

const TITLES: Readonly<Record<SourceName, string>> = { env: 'The environment', s3: 'The document in S3', file: 'The local file', default: 'The default' };

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
  private reading: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private readonly problems = new ConfigProblems();
  private readonly unknown = new UnknownFields();

  /** Highest priority first. `own` is where Tandem listens itself. */
  constructor(
    private readonly sources: readonly ConfigSource[],
    private readonly own?: OwnAddress,
  ) {}

  /** The configuration in force. Running streams keep the one they started with. */
  get snapshot(): ConfigSnapshot {
    if (!this.current) throw new Error('The configuration was read before it was loaded.');
    return this.current;
  }

  /** Null while every source is fine. */
  get failure(): ConfigFailure | null {
    return this.problems.summary;
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

  /** Reads every source again. A reading that is under way may have missed what is asked for: it is waited for, and joined by nobody. */
  refresh(): Promise<void> {
    this.next ??= (this.reading ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        this.reading = this.read().finally(() => (this.reading = undefined));
        return this.reading;
      });
    return this.next;
  }

  /** What would be in force with a document in its source's place. @throws ConfigurationError where it could not be */
  preview(name: SourceName, document: PartialDocument): ConfigSnapshot {
    const loop = this.own && loopProblem(document, this.own);
    if (loop !== undefined) throw new ConfigurationError(TITLES[name], loop);
    const documents = new Map([...this.documents, [name, document]]);
    const next = combine(listed(this.sources, documents), new Date());
    const dangling = danglingBaseline(next, documents);
    if (dangling !== undefined) throw new ConfigurationError(TITLES[dangling.model.source], dangling.problem);
    return next;
  }

  /** Lets go of what sources elsewhere hold open. */
  onModuleDestroy(): void {
    for (const { remote } of this.sources) remote?.close();
  }

  private async read(): Promise<void> {
    const documents = new Map<SourceName, PartialDocument>();
    const failures = new Map<SourceName, SourceFailure | ConfigurationError>();
    let isSourceMissing = false;
    for (const source of this.sources) {
      const before = this.documents.get(source.name) ?? (await source.remote?.lastGood());
      try {
        documents.set(source.name, await this.readSource(source, before));
      } catch (thrown) {
        if (!(thrown instanceof SourceFailure || thrown instanceof ConfigurationError) || this.mustStop(source)) throw thrown;
        failures.set(source.name, thrown);
        if (before !== undefined) documents.set(source.name, before);
        else isSourceMissing ||= source.remote !== undefined;
      }
    }
    // the demo pair must not stand in for models that are only out of reach
    if (isSourceMissing) documents.delete('default');
    this.refuseDangling(documents, failures);
    this.problems.note(failures, this.current ? 'The last good configuration stays in force.' : '');
    this.swap(documents);
    await Promise.all(this.sources.map(({ remote }) => remote?.accept()));
  }

  /** A document may only be wrong beside another: then what was in force stays as a whole, or what can goes into force without it. */
  private refuseDangling(documents: Map<SourceName, PartialDocument>, failures: Map<SourceName, SourceFailure | ConfigurationError>): void {
    for (;;) {
      const dangling = danglingBaseline(combine(listed(this.sources, documents), new Date()), documents);
      if (dangling === undefined) return;
      const { model, problem } = dangling;
      const source = this.sources.find(({ name }) => name === model.source);
      const failure = new ConfigurationError(TITLES[model.source], problem);
      if (source === undefined || this.mustStop(source)) throw failure;
      failures.set(model.source, new SourceFailure('config_invalid', failure.sentence));
      for (const { remote } of this.sources) remote?.refuse();
      documents.delete(model.source);
      if (this.current === undefined) continue;
      documents.clear();
      for (const [name, document] of this.documents) documents.set(name, document);
      return;
    }
  }

  private async readSource(source: ConfigSource, before: PartialDocument | undefined): Promise<PartialDocument> {
    const fields: string[] = [];
    const document = await source.load((field) => fields.push(field));
    const loop = this.own && loopProblem(document, this.own);
    const shrinking = before && shrinkProblem(before, document);
    if (loop !== undefined || shrinking !== undefined) source.remote?.refuse();
    if (loop !== undefined) throw new ConfigurationError(TITLES[source.name], loop);
    if (shrinking !== undefined) throw new SourceFailure('config_shrinks', say`${TITLES[source.name]} ${shrinking}`);
    this.unknown.note(source.name, fields);
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
    const instead = before === undefined ? '' : ` instead of ${before.version}`;
    this.logger.log(`${models.length} models configured (baseline: ${sources.baseline}, twodelta: ${sources.twodelta}, version ${version}${instead})`);
    if (before === undefined) return;
    this.logger.log('Configuration updated successfully');
    this.swaps.next(next);
  }
}

function listed(sources: readonly ConfigSource[], documents: ReadonlyMap<SourceName, PartialDocument>) {
  return sources.map(({ name }) => ({ name, document: documents.get(name) ?? {} }));
}
