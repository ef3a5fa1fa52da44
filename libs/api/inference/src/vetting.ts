import { Fault } from '@tandem/api/faults';
import type { EngineCall, EngineProgress } from '@tandem/shared/engine-protocol';
import type { AnswerTo, LossFault } from './engine-call';
import type { EngineHost } from './engine-host';
import type { SeatFiles } from './seat-files';

type LoadCall = Extract<EngineCall, { type: 'load' }>;
/** What needs the vocabulary alone. */
type VocabularyCall = Extract<EngineCall, { type: 'measure' | 'tokenize' | 'detokenize' | 'vocabulary' }>;
/** A fault: llama.cpp died over it, and it is not tried again. */
type Verdict = 'sound' | 'suspect' | Fault;

export interface LoadOptions {
  /** Whether something else is in the engine's memory, that somebody may be asking. */
  readonly hasCompany: () => boolean;
  /** 0 to 1, trying it out included. */
  readonly onProgress: (progress: number) => void;
  readonly signal: AbortSignal;
}

/** Far more than a folder's files are replaced in a server's life. */
const MOST_VERDICTS = 10_000;

/**
 * Keeps files that llama.cpp could die over away from other people's answers. What was not loaded before is loaded where
 * nobody else is: into the engine while that is empty, else first into a process apart. What llama.cpp died over is
 * not tried again. Files are known by their version; what is known of them lasts as long as the process.
 */
export class Vetting {
  private readonly verdicts = new Map<string, Verdict>();
  /** A load of new files into the empty engine; nothing else is loaded until it is over. */
  private alone: Promise<unknown> | null = null;
  private loads = 0;

  constructor(private readonly host: EngineHost) {}

  /** Why these files are not tried again; null where they may be. */
  refusalOf({ version, baseVersion }: Pick<SeatFiles, 'version' | 'baseVersion'>): Fault | null {
    const verdict = [version, baseVersion].map((known) => this.verdicts.get(known)).find((known) => known instanceof Fault);
    return verdict instanceof Fault ? verdict : null;
  }

  /** The engine died while it worked with them. */
  suspect(version: string): void {
    if (!(this.verdicts.get(version) instanceof Fault)) this.note(version, 'suspect');
  }

  /** They may be tried again, apart. */
  forgive(version: string): void {
    if (this.verdicts.get(version) instanceof Fault) this.note(version, 'suspect');
  }

  /** @throws Fault what the engine answered; `model_invalid` for what llama.cpp dies over */
  async load(files: SeatFiles, call: LoadCall, { hasCompany, onProgress, signal }: LoadOptions): Promise<AnswerTo<LoadCall>> {
    let from = 0;
    for (;;) {
      const refusal = this.refusalOf(files);
      if (refusal !== null) throw refusal;
      const progress = scaled(from, 1, onProgress);
      const isSound = this.verdicts.get(files.version) === 'sound';
      if (isSound && this.alone === null) return this.loadBeside(files, () => this.host.call(call, { onProgress: progress, signal }));
      if (isSound) await this.alone;
      else if (this.isAloneFor(files.version, hasCompany))
        return this.loadAlone(files, () => this.host.call({ ...call, isNew: true }, { onProgress: progress, signal }));
      else {
        await this.judging(files, () => this.host.callApart({ ...call, isNew: true }, { onProgress: scaled(0, 0.5, onProgress), signal }));
        from = 0.5;
      }
      signal.throwIfAborted();
    }
  }

  /** Reads the vocabulary alone, which llama.cpp can die over just as well. @throws Fault */
  async read<Call extends VocabularyCall>(files: SeatFiles, call: Call, options: { readonly signal?: AbortSignal } = {}): Promise<AnswerTo<Call>> {
    const isSound = [files.version, files.baseVersion].some((version) => this.verdicts.get(version) === 'sound');
    if (isSound) return this.host.call(call, options);
    const refusal = this.refusalOf(files);
    if (refusal !== null) throw refusal;
    return this.judging(files, () => this.host.callApart(call, options), null);
  }

  private isAloneFor(version: string, hasCompany: () => boolean): boolean {
    return this.verdicts.get(version) !== 'suspect' && this.alone === null && this.loads === 0 && !hasCompany();
  }

  private async loadBeside<Answer>({ version }: SeatFiles, load: () => Promise<Answer>): Promise<Answer> {
    this.loads++;
    try {
      return await load();
    } catch (thrown) {
      if (lossIn(thrown).isCrash) this.suspect(version);
      throw thrown;
    } finally {
      this.loads--;
    }
  }

  private async loadAlone<Answer>(files: SeatFiles, load: () => Promise<Answer>): Promise<Answer> {
    const loading = this.judging(files, load);
    this.alone = loading.catch(() => undefined);
    try {
      return await loading;
    } finally {
      this.alone = null;
    }
  }

  /** Learns from how it ends, where nobody else can have been to blame. */
  private async judging<Answer>({ version }: SeatFiles, work: () => Promise<Answer>, proof: Verdict | null = 'sound'): Promise<Answer> {
    try {
      const answer = await work();
      if (proof !== null) this.note(version, proof);
      return answer;
    } catch (thrown) {
      const { code, reason, isCrash } = lossIn(thrown);
      if (code !== 'local_model_crashed') throw thrown;
      if (!isCrash) {
        this.suspect(version);
        throw thrown;
      }
      const message = `llama.cpp cannot load this file without ending itself: ${reason}. It is not tried again until the file changes, or is unloaded and loaded again.`;
      const refusal = new Fault('model_invalid', message, { param: 'model', cause: thrown });
      this.note(version, refusal);
      throw refusal;
    }
  }

  private note(version: string, verdict: Verdict): void {
    this.verdicts.delete(version);
    this.verdicts.set(version, verdict);
    const [oldest] = this.verdicts.keys();
    if (this.verdicts.size > MOST_VERDICTS && oldest !== undefined) this.verdicts.delete(oldest);
  }
}

function lossIn(thrown: unknown): Partial<LossFault> {
  return thrown instanceof Fault ? ((thrown.cause ?? {}) as Partial<LossFault>) : {};
}

function scaled(from: number, to: number, onProgress: (progress: number) => void): (progress: EngineProgress) => void {
  return (said) => {
    if (said.type === 'loading') onProgress(from + (to - from) * said.progress);
  };
}
