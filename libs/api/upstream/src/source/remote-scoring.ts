import type { ScoredText, ScoringRequest, ScoringSource, TextPart } from '@tandem/api/completion';
import { Fault, scoringUnsupported } from '@tandem/api/faults';
import { FoundOnce, untilAborted } from '@tandem/shared/concurrency';
import type { ScoringMethod } from '@tandem/shared/contracts';

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
  /** Whether it knows of no conversation before a text. */
  readonly isOfTextsAlone: boolean;
  read(request: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<readonly TextPart[]>;
}

/** How likely texts are for a model on a model server, in the first way that its server is found able to. Asked once, and remembered. */
export class RemoteScoring implements ScoringSource {
  /** Of the first adapter of llama.cpp's own server, which is asked for it with each request. */
  readonly scalesAdapter = true;
  private readonly found = new FoundOnce(() => this.find());
  private known: ScoringMethod | 'none' | 'unknown' = 'unknown';
  private unableUntilMs = 0;

  constructor(
    private readonly host: string,
    /** The best first. */
    private readonly ways: readonly ScoringWay[],
  ) {}

  /** What was found so far. */
  get ability(): ScoringMethod | 'none' | 'unknown' {
    return this.known;
  }

  async score(request: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<ScoredText> {
    if (this.known === 'none' && performance.now() > this.unableUntilMs) this.forget();
    const way = await untilAborted(this.found.get(), signal);
    if (way === undefined) throw scoringUnsupported(`The model server at ${this.host} has not been found able to tell how likely a text is.`);
    if (way.isOfTextsAlone && request.messages.length > 0)
      throw scoringUnsupported(`The model server at ${this.host} tells how likely a text alone is, and knows of no messages before it: leave them out.`);
    if (way.method !== 'teacher_forcing' && request.adapterScale !== undefined)
      throw scoringUnsupported(`The model server at ${this.host} cannot be asked for less or more of an adapter; llama.cpp's own can.`);
    try {
      const parts = await way.read(request, onProgress, signal);
      return { method: way.method, exact: true, vocabulary: null, parts };
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
    for (const way of this.ways) {
      const isAble = await way
        .read(PROBE, () => undefined, patience)
        .then(
          (parts) => parts.length > 1,
          (thrown: unknown) => {
            if (thrown instanceof Fault && MEANS_UNABLE.has(thrown.code)) return false;
            throw patience.aborted ? new Fault('upstream_timeout', { server: this.host, what: 'did not answer in time' }, { retryable: true }) : thrown;
          },
        );
      if (!isAble) continue;
      this.known = way.method;
      return way;
    }
    this.known = 'none';
    this.unableUntilMs = performance.now() + UNABLE_MS;
    return undefined;
  }
}
