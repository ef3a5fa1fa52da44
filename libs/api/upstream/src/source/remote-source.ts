import {
  AdmittedSource,
  type CompletionEnd,
  type CompletionRequest,
  type CompletionSink,
  type CompletionSource,
  demandedFields,
  type Flow,
} from '@tandem/api/completion';
import { type QueueLimits, type RequestQueue, type Slot, untilAborted } from '@tandem/shared/concurrency';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import { Exchange } from '../exchange/exchange';
import { SideRoutes } from '../exchange/side-routes';
import { ModelName } from '../server/model-name';
import { ServerKind } from '../server/server-kind';
import { Confidence, type ConfidenceOptions, type Trouble } from './confidence';
import { readEcho } from './echoed-text';
import { RemotePrompts } from './remote-prompts';
import { RemoteScoring, type ScoringWay } from './remote-scoring';
import { DEFAULT_QUEUE, openRequestQueue } from './request-queue';
import { scoringWaysOf, type TakeTurn } from './scoring-ways';

/** For how long text of an answer counts as a sign of life: as long as a check takes. */
const HEARD_MS = 3_000;

export interface RemoteSourceOptions {
  readonly queue?: QueueLimits;
  readonly confidence?: Partial<ConfidenceOptions>;
  /** Hears when its server is worth another look: an answer failed, or its answers can be trusted again. */
  readonly onDoubt?: () => void;
}

/**
 * Answers prompts with a model on a model server: a queue before it, a circuit breaker around it, and the exchange itself,
 * put together. Owns no socket (the client does), so nothing needs closing.
 */
export class RemoteSource implements CompletionSource {
  private heardAtMs = Number.NEGATIVE_INFINITY;
  /** Answers that wait for their readers. */
  private readonly held = new Set<Slot>();

  /** How likely the same model finds texts, through the same queue. */
  readonly scoring: RemoteScoring;

  /** What the same model is asked. */
  readonly prompts: RemotePrompts;

  private readonly queue: RequestQueue;
  private readonly confidence: Confidence;
  private readonly exchange: Exchange;

  constructor(remote: RemoteEndpoint, client: UpstreamClient, { queue = DEFAULT_QUEUE, confidence, onDoubt }: RemoteSourceOptions = {}) {
    this.queue = openRequestQueue(queue);
    this.confidence = new Confidence(remote.url.host, confidence, onDoubt);
    const kind = new ServerKind(remote, client);
    const modelName = new ModelName(remote, client);
    this.exchange = new Exchange(remote, client, kind, modelName);
    const { host } = remote.url;
    const routes = new SideRoutes(remote, client);
    this.prompts = new RemotePrompts(kind, modelName, routes, this.exchange);
    const echo: ScoringWay['read'] = (request, _, signal) => readEcho(this, request, host, signal);
    const takeTurn: TakeTurn = (work, signal) => this.inTurn(work, signal);
    this.scoring = new RemoteScoring(host, () => scoringWaysOf(remote, kind, { echo, routes, modelName, takeTurn }));
  }

  /** What is wrong with its answers whatever its health route says; null where nothing is. */
  get trouble(): Trouble | null {
    return this.confidence.trouble;
  }

  /** Whether its server is in the middle of an answer: a server that does one thing at a time does not hear checks then. */
  get isHeard(): boolean {
    return this.held.size > 0 || performance.now() - this.heardAtMs < HEARD_MS;
  }

  async admit({ demands }: Pick<CompletionRequest, 'messages' | 'demands'>, left: AbortSignal): Promise<CompletionSource> {
    this.confidence.check();
    if (demandedFields(demands).length > 0 || demands?.passed !== undefined) await this.exchange.refuseDemands(demands, left);
    const slot = this.queue.take();
    const source: CompletionSource = { complete: (request, sink, signal) => this.completeAt(slot, request, sink, signal) };
    return new AdmittedSource(source, () => slot.giveBack(), left);
  }

  async complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    return this.completeAt(this.queue.take(), request, sink, signal);
  }

  /** Several requests as one, at one slot of the queue. */
  private async inTurn<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    this.confidence.check();
    const slot = this.queue.take();
    try {
      await untilAborted(slot.turn, signal);
      return await work();
    } finally {
      slot.giveBack();
    }
  }

  private async completeAt(slot: Slot, request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    const start = performance.now();
    let hasWaited = false;
    try {
      slot.watch((position) => {
        hasWaited = true;
        sink.phase('queued', { position });
      });
      await untilAborted(slot.turn, signal).catch(() => undefined);
      if (signal.aborted) return { finishReason: 'cancelled' };
      const queuedMs = performance.now() - start;
      const told = toldAsDemanded(request, sink);
      const end = await this.confidence.try(() => {
        let heard = () => {};
        const firstWord = new Promise<void>((resolve) => (heard = resolve));
        let hasText = false;
        const hear = (): void => {
          this.heardAtMs = performance.now();
          if (hasText) return;
          hasText = true;
          heard();
        };
        const text: CompletionSink['text'] = (piece, reasoning) => {
          hear();
          sink.text(piece, reasoning);
        };
        const call: CompletionSink['call'] = (piece) => {
          hear();
          sink.call?.(piece);
        };
        const hold = (flow: Flow): void => sink.hold?.(this.noting(flow, slot));
        const result = this.exchange.run(request, { ...told, text, call, hold, phase: (phase, detail) => sink.phase(phase, detail) }, signal);
        return { result, firstWord, isUnproved: () => signal.aborted && !hasText };
      });
      return hasWaited ? { ...end, timings: { ...end.timings, queue_ms: queuedMs } } : end;
    } finally {
      this.held.delete(slot);
      slot.giveBack();
    }
  }

  private noting(flow: Flow, slot: Slot): Flow {
    return {
      pause: () => {
        this.held.add(slot);
        flow.pause();
      },
      resume: () => {
        this.held.delete(slot);
        flow.resume();
      },
    };
  }
}

/** Servers tell of more tokens than they were asked for, or without being asked. */
function toldAsDemanded({ demands: { logprobs: count } = {} }: CompletionRequest, sink: CompletionSink): Pick<CompletionSink, 'logprobs'> {
  if (count === undefined) return {};
  return { logprobs: (tokens) => sink.logprobs?.(tokens.map((token) => ({ ...token, top_logprobs: token.top_logprobs.slice(0, count) }))) };
}
