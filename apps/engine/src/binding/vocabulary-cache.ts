import { untilAborted } from '@tandem/shared/concurrency';
import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import type { TemplateProcess } from '../template-process';
import { filesVersion } from './files-version';
import { Vocabulary } from './vocabulary';

/** Both sides of a comparison. A large vocabulary takes about 50 MB. */
const MAX_KEPT = 2;
const KEPT_MS = 60_000;

interface Opened {
  readonly model: LlamaModel;
  readonly vocabulary: Vocabulary;
}

interface Entry {
  readonly opened: Promise<Opened>;
  uses: number;
  isKept: boolean;
}

/**
 * Lends the vocabularies of checkpoints that are not loaded, so that a prompt can be measured before anything is. Keeps
 * the last few for a minute: reading one takes up to a second. `close` drops them all.
 */
export class VocabularyCache {
  private readonly entries = new Map<string, Entry>();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly llama: Llama,
    private readonly templates: TemplateProcess,
  ) {}

  async use<Result>(paths: CheckpointPaths, signal: AbortSignal, work: (vocabulary: Vocabulary) => Result | Promise<Result>): Promise<Result> {
    const entry = this.entryFor(paths);
    entry.uses++;
    try {
      const { vocabulary } = await untilAborted(entry.opened, signal);
      return await work(vocabulary);
    } finally {
      entry.uses--;
      await this.disposeUnused(entry);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idleTimer);
    await Promise.all([...this.entries.keys()].map((key) => this.drop(key)));
  }

  private entryFor(paths: CheckpointPaths): Entry {
    const key = filesVersion(paths);
    const entry = this.entries.get(key) ?? { opened: this.open(paths), uses: 0, isKept: true };
    entry.opened.catch(() => this.entries.delete(key));
    // The last used one is last in the map.
    this.entries.delete(key);
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > MAX_KEPT && oldest !== undefined) void this.drop(oldest);
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => void this.close(), KEPT_MS).unref();
    return entry;
  }

  private async open(paths: CheckpointPaths): Promise<Opened> {
    const model = await this.llama.loadModel({ modelPath: paths[0] ?? '', vocabOnly: true });
    try {
      return { model, vocabulary: await Vocabulary.of(model, this.templates) };
    } catch (thrown) {
      await model.dispose();
      throw thrown;
    }
  }

  private async drop(key: string): Promise<void> {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    entry.isKept = false;
    await this.disposeUnused(entry);
  }

  private async disposeUnused(entry: Entry): Promise<void> {
    if (entry.isKept || entry.uses > 0) return;
    const opened = await entry.opened.catch(() => null);
    opened?.vocabulary.close();
    await opened?.model.dispose();
  }
}
