import { readFile } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import type { ModelEntry } from '@tandem/shared/contracts';
import { ConfigRefresher } from '../config-refresher';
import { ConfigStore } from '../config-store';
import { ConfigurationError } from '../configuration-error';
import { documentText } from '../document-text';
import type { Environment } from '../environment';
import { parseDocument } from '../parse-document';
import type { ConfiguredModel, ConfigSnapshot } from '../snapshot';
import { ENVIRONMENT } from '../tokens';
import { addToDocument, type ListName } from './add-to-document';
import type { Side } from './model-candidate.dto';
import { replaceFile } from './replace-file';

const LISTS: Readonly<Record<Side, ListName>> = { baseline: 'baseline_models', twodelta: 'twodelta_models' };
const ELSEWHERE = { env: 'the environment', s3: 'a document in S3' } as const;

/**
 * Writes models into the local configuration file, one after the other. The document is checked as a whole before anything
 * is written, and read as any other change of it is.
 */
@Injectable()
export class ModelAdditions {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: ConfigStore,
    private readonly refresher: ConfigRefresher,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * The new model's id, once it is in force.
   * @throws Fault `conflict` where the list comes from elsewhere, the name is taken or the file cannot be written;
   * `invalid_request` where the document would not be valid with it
   */
  add(side: Side, entry: ModelEntry): Promise<string> {
    const added = this.last.then(() => this.write(side, entry));
    this.last = added.catch(() => undefined);
    return added;
  }

  private async write(side: Side, entry: ModelEntry): Promise<string> {
    const { models, sources } = this.store.snapshot;
    const source = sources[side];
    const list = LISTS[side];
    if (source === 'env' || source === 's3')
      throw new Fault('conflict', `${list} comes from ${ELSEWHERE[source]}, which Tandem does not write. Add the model there.`, { param: 'side' });
    const taken = models.find((model) => model.entry.name === entry.name || model.id === entry.id);
    if (taken !== undefined) throw isTaken(taken);
    const before = models.filter(({ role }) => role === side).map((model) => model.entry);
    await this.replace((text) => addToDocument(text, list, entry, before));
    await this.refresher.refresh();
    const id = this.store.snapshot.models.find((model) => model.role === side && model.entry.name === entry.name)?.id;
    if (id !== undefined) return id;
    throw new Fault('conflict', `The model is in ${this.shownName}, but not in force: ${this.store.failure?.message ?? 'another list took its place.'}`);
  }

  private async replace(change: (text: string) => string): Promise<void> {
    const { configFile, apiKeyVariables } = this.environment;
    try {
      const text = await this.read();
      const next = change(text);
      this.keepIds(
        this.store.preview(
          'file',
          parseDocument(this.shownName, next, () => undefined, apiKeyVariables),
        ),
      );
      await replaceFile(configFile, next);
    } catch (error) {
      if (error instanceof ConfigurationError) throw new Fault('invalid_request', error.message, { param: 'entry' });
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof Fault || code === undefined) throw error;
      if (code === 'ENOSPC') throw new Fault('disk_full', `The disk with ${this.shownName} is full.`, { cause: error });
      throw new Fault('conflict', `${this.shownName} cannot be written (${code}). Add the model there by hand.`, { cause: error });
    }
  }

  /** A model whose name makes another's id ambiguous would take it away from it, and from every link to it. */
  private keepIds({ models }: ConfigSnapshot): void {
    const ids = new Set(models.map(({ id }) => id));
    const lost = this.store.snapshot.models.find(({ id }) => !ids.has(id));
    if (lost === undefined) return;
    if (!models.some(({ entry }) => entry.name === lost.entry.name))
      throw new Fault(
        'conflict',
        `${this.shownName} does not hold "${lost.entry.name}" any more, which is in force. Put it back, or ask again once the file was read.`,
      );
    throw new Fault('conflict', `"${lost.entry.name}" is configured already, as "${lost.id}". Give the new model another name and id.`, {
      param: 'entry.name',
    });
  }

  /** A document without anything where there is none. */
  private async read(): Promise<string> {
    try {
      return documentText(this.shownName, await readFile(this.environment.configFile));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}\n';
      throw error;
    }
  }

  /** As it was configured, and no folder of this machine. */
  private get shownName(): string {
    const { configFile } = this.environment;
    return isAbsolute(configFile) ? basename(configFile) : configFile;
  }
}

function isTaken({ id, entry }: ConfiguredModel): Fault {
  return new Fault('conflict', `"${entry.name}" is configured already, as "${id}". Give the new model another name and id.`, { param: 'entry.name' });
}
