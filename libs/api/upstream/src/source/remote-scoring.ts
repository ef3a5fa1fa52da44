import type { ScoredText, ScoringRequest, ScoringSource, TextPart } from '@tandem/api/completion';
import { Fault, scoringUnsupported, unableToScore } from '@tandem/api/faults';
import { FoundOnce, untilAborted } from '@tandem/shared/concurrency';
import type { ScoringMethod } from '@tandem/shared/contracts';
import type { ScoringWays } from './scoring-ways';

/** Of about five tokens: it costs next to nothing, and shows whether each has an entry. */
const PROBE: ScoringRequest = { messages: [], text: 'The sea is very old.', alternatives: 1 };
const PROBE_MS = 30_000;
/** For how long a server that cannot is not asked again. */
const UNABLE_MS = 60_000;
/** What servers answer to a request that they have nothing for. */
const MEANS_UNABLE: ReadonlySet<string> = new Set(['scoring_unsupported', 'invalid_request', 'upstream_rejected', 'upstream_bad_response']);

/** A way to have a text's likelihood of a server. */
export interface ScoringWay {
  readonly method: ScoringMethod;
  /** Whether every likelihood is the model's own, and none is rounded. */
  readonly isExact: boolean;
  /** It knows of no conversation before a text. */
  readonly isOfTextsAlone?: true;
  read(request: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<readonly TextPart[]>;
}

/** How likely texts are for a model on a model server, in the first way that its server is found able to. Asked once, and remembered. */
export class RemoteScoring implements ScoringSource {
  /** Of the first adapter of llama.cpp's own server, which is asked for it with each request. */
  readonly scalesAdapter = true;
  private readonly found = new FoundOnce(() => this.find());
  private known: ScoringMethod | 'none' | 'unknown' = 'unknown';
  private unableUntilMs = 0;
  private whyNone: Fault | undefined;

  constructor(
    private readonly host: string,
    /** Those that its kind of server may be able to. */
    private readonly waysOf: () => Promise<ScoringWays>,
  ) {}

  /** What was found so far. */
  get ability(): ScoringMethod | 'none' | 'unknown' {
    return this.known;
  }

  async score(request: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<ScoredText> {
    if (this.known === 'none' && performance.now() > this.unableUntilMs) this.forget();
    const way = await untilAborted(this.found.get(), signal);
    if (way === undefined) throw this.unable();
    if (way.isOfTextsAlone === true && request.messages.length > 0)
      throw scoringUnsupported(`The model server at ${this.host} tells how likely a text alone is, and knows of no messages before it: leave them out.`);
    if (way.method !== 'teacher_forcing' && request.adapterScale !== undefined)
      throw scoringUnsupported(`The model server at ${this.host} cannot be asked for less or more of an adapter; llama.cpp's own can.`);
    try {
      const parts = await way.read(request, onProgress, signal);
      return { method: way.method, exact: way.isExact, vocabulary: null, parts };
    } catch (thrown) {
      // another server may stand there by now
      if (thrown instanceof Fault && thrown.code === 'scoring_unsupported') this.forget();
      throw thrown;
    }
  }

  private forget(): void {
    this.found.forget();
    this.known = 'unknown';
  }

  /** Whoever asked for it may leave: others wait for it as well. @throws Fault where it cannot be found out now */
  private async find(): Promise<ScoringWay | undefined> {
    const patience = AbortSignal.timeout(PROBE_MS);
    const found = await this.waysOf();
    this.whyNone = 'whyNone' in found ? unableToScore(this.host, found.whyNone) : undefined;
    for (const way of 'ways' in found ? found.ways : []) {
      if (!(await this.isAble(way, patience))) continue;
      this.known = way.method;
      return way;
    }
    this.known = 'none';
    this.unableUntilMs = performance.now() + UNABLE_MS;
    return undefined;
  }

  private async isAble(way: ScoringWay, patience: AbortSignal): Promise<boolean> {
    try {
      return (await way.read(PROBE, () => undefined, patience)).length > 1;
    } catch (thrown) {
      if (patience.aborted) throw new Fault('upstream_timeout', { server: this.host, what: 'did not answer in time' }, { retryable: true });
      if (!(thrown instanceof Fault) || !MEANS_UNABLE.has(thrown.code)) throw thrown;
      // the best way's reason says most
      if (thrown.code === 'scoring_unsupported') this.whyNone ??= thrown;
      return false;
    }
  }

  private unable(): Fault {
    const message = this.whyNone?.message;
    if (message === undefined) return unableToScore(this.host, 'has not been found able to tell how likely a text is');
    return new Fault('scoring_unsupported', message, { param: 'model', cause: this.whyNone });
  }
}
