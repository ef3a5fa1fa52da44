import { Logger } from '@nestjs/common';
import { type CompletionEnd, type CompletionRequest, type CompletionSink, type CompletionSource, demandedFields, type Flow } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { type Place, type QueueLimits, type RequestQueue, untilAborted } from '@tandem/shared/concurrency';
import { Answer } from './answer';
import { Confidence, type ConfidenceOptions, type Trouble } from './confidence';
import { faultOfDemand, refuseDemands } from './demand-fault';
import type { Dialect } from './dialects/dialect';
import { framingOf } from './dialects/framing-of';
import { type Route, ServerKind } from './server-kind';
import { ModelName } from './model-name';
import { readDocument } from './read-document';
import { incomplete, receiveAnswer } from './receive-answer';
import { readRefusal, refuseRedirect } from './refused-response';
import { Omissions, RefusedFields } from './refused-fields';
import { type RemoteEndpoint, routeUrl } from './remote-endpoint';
import { retryOnce } from './retry-once';
import { type ExchangeFacts, faultOfServer } from './server-fault';
import { secretsOf } from './server-words';
import { DEFAULT_QUEUE, openRequestQueue } from './request-queue';
import type { UpstreamClient, UpstreamResponse } from './upstream-client';

const MAX_WHOLE_ANSWER_BYTES = 8 * 1024 * 1024;
/** For how long text of an answer counts as a sign of life: as long as a check takes. */
const HEARD_MS = 3_000;
/** What a server answers that has no such route. */
const NO_ROUTE = new Set([404, 405, 501]);

/** A server's answer, and how it speaks. */
interface Taken extends Route {
  readonly response: UpstreamResponse;
  readonly omissions: Omissions;
  readonly hasOtherRoutes: boolean;
}

export interface RemoteSourceOptions {
  readonly queue?: QueueLimits;
  readonly confidence?: Partial<ConfidenceOptions>;
  /** Hears when its server is worth another look: an answer failed, or its answers can be trusted again. */
  readonly onDoubt?: () => void;
}

/**
 * Answers prompts with a model on a model server. Remembers that server's model name and which fields it refused;
 * owns no socket (the client does), so nothing needs closing.
 */
export class RemoteSource implements CompletionSource {
  private readonly kind: ServerKind;
  private readonly modelName: ModelName;
  private readonly refused = new RefusedFields();
  private readonly logger = new Logger('Upstream');
  private isAbruptEndTold = false;
  private heardAtMs = Number.NEGATIVE_INFINITY;
  /** Answers that wait for their readers. */
  private readonly held = new Set<Place>();

  private readonly queue: RequestQueue;
  private readonly confidence: Confidence;

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
    { queue = DEFAULT_QUEUE, confidence, onDoubt }: RemoteSourceOptions = {},
  ) {
    this.queue = openRequestQueue(queue);
    this.confidence = new Confidence(remote.url.host, confidence, onDoubt);
    this.kind = new ServerKind(remote, client);
    this.modelName = new ModelName(remote, client);
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
    if (demandedFields(demands).length > 0 || demands?.passed !== undefined) await this.refuseDemands(demands, left);
    const place = this.queue.take();
    const leave = () => place.giveBack();
    left.addEventListener('abort', leave, { once: true });
    if (left.aborted) leave();
    return {
      complete: async (request, sink, signal) => {
        left.removeEventListener('abort', leave);
        return left.aborted ? { finishReason: 'cancelled' } : this.completeAt(place, request, sink, signal);
      },
    };
  }

  async complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    return this.completeAt(this.queue.take(), request, sink, signal);
  }

  private async completeAt(place: Place, request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    const start = performance.now();
    let hasWaited = false;
    try {
      place.watch((position) => {
        hasWaited = true;
        sink.phase('queued', { position });
      });
      await untilAborted(place.turn, signal).catch(() => undefined);
      if (signal.aborted) return { finishReason: 'cancelled' };
      const queuedMs = performance.now() - start;
      const end = await this.confidence.try(() => {
        let heard = () => {};
        const firstWord = new Promise<void>((resolve) => (heard = resolve));
        let hasText = false;
        const text: CompletionSink['text'] = (piece, reasoning) => {
          hasText = true;
          heard();
          this.heardAtMs = performance.now();
          sink.text(piece, reasoning);
        };
        const hold = (flow: Flow): void => sink.hold?.(this.noting(flow, place));
        const result = this.answer(request, { ...toldAsDemanded(request, sink), text, hold, phase: (phase, detail) => sink.phase(phase, detail) }, signal);
        return { result, firstWord, isUnproved: () => signal.aborted && !hasText };
      });
      return hasWaited ? { ...end, timings: { ...end.timings, queue_ms: queuedMs } } : end;
    } finally {
      this.held.delete(place);
      place.giveBack();
    }
  }

  private noting(flow: Flow, place: Place): Flow {
    return {
      pause: () => {
        this.held.add(place);
        flow.pause();
      },
      resume: () => {
        this.held.delete(place);
        flow.resume();
      },
    };
  }

  private async answer(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    let answer = new Answer(sink);
    let taken: Taken | undefined;
    try {
      const routes = await untilAborted(request.demands?.isRaw ? this.kind.getRaw() : this.kind.get().then((route) => [route]), signal);
      taken = await this.ask(request, routes, signal);
      await this.receive(taken.response, taken.dialect, answer);
      // some refuse a request in the answer's own place
      while (!signal.aborted && answer.state.kind === 'failed' && !answer.hasText && taken.omissions.heed(answer.state.failure, this.facts(request).secrets)) {
        answer = new Answer(sink);
        taken = await this.askAgain(request, taken, signal);
        await this.receive(taken.response, taken.dialect, answer);
      }
      if (answer.state.kind !== 'failed') taken.omissions.settle();
    } catch (error) {
      if (!signal.aborted) throw Fault.from(error);
    } finally {
      answer.flush();
    }
    const ignored = taken?.omissions.ignoredParameters ?? [];
    const { state } = answer;
    switch (state.kind) {
      case 'finished':
        if (!answer.hasText && answer.unread !== undefined)
          throw this.badResponse(`said something in "${answer.unread}", where Tandem reads nothing, and nothing else`);
        return answer.end(state.reason, ignored);
      case 'failed':
        throw faultOfServer(state.failure, this.facts(request));
      case 'garbled':
        this.kind.forget();
        throw this.badResponse('sent an event that cannot be read, so text may be missing');
      case 'open':
        if (signal.aborted) return answer.end('cancelled', ignored);
        if (answer.isEmpty) this.kind.forget();
        if (answer.isEmpty) throw this.badResponse('answered with nothing that reads as a completion');
        throw incomplete(this.remote.url.host);
      default:
        return state satisfies never;
    }
  }

  private async refuseDemands(demands: CompletionRequest['demands'], left: AbortSignal): Promise<void> {
    try {
      const { dialect } = await untilAborted(this.kind.get(), left);
      refuseDemands(dialect, demands, this.remote.url.host);
    } catch (error) {
      if (!left.aborted) throw Fault.from(error);
    }
  }

  /**
   * Asks until the server takes the request, leaving out what it refuses to know, and by the next route where it does
   * not have one. Nothing was generated before that.
   */
  private async ask(request: CompletionRequest, [route, ...others]: readonly Route[], signal: AbortSignal): Promise<Taken> {
    if (route === undefined) throw this.badResponse('has no route for completions');
    const { dialect, path } = route;
    const model = await untilAborted(this.modelName.get(), signal);
    const omissions = new Omissions(request, dialect, model, this.refused);
    const taken = await this.askAgain(request, { dialect, path, omissions, hasOtherRoutes: others.length > 0 }, signal);
    return taken.response.status < 400 ? taken : this.ask(request, others, signal);
  }

  /** By one route; resolves with a refusal only where another route is to be tried. */
  private async askAgain(request: CompletionRequest, asked: Omit<Taken, 'response'>, signal: AbortSignal): Promise<Taken> {
    const { url, apiKey } = this.remote;
    const { path, omissions, hasOtherRoutes } = asked;
    for (;;) {
      const { body } = omissions;
      const response = await retryOnce(() => this.client.send({ url: routeUrl(url, path), apiKey, body }, signal), signal);
      refuseRedirect(response, url.host);
      if (response.status < 400) return { ...asked, response };
      const failure = await readRefusal(response, url.host, this.client.deadlines.documentMs);
      if (hasOtherRoutes && NO_ROUTE.has(response.status)) return { ...asked, response };
      if (response.status === 404) this.modelName.forget();
      if ([401, 403, 404, 405].includes(response.status)) this.kind.forget();
      const facts = this.facts(request);
      if (omissions.heed(failure, facts.secrets)) continue;
      throw faultOfDemand(failure, request.demands, facts) ?? faultOfServer(failure, { ...facts, retryAfter: response.header('retry-after') });
    }
  }

  private async receive(response: UpstreamResponse, dialect: Dialect, answer: Answer): Promise<void> {
    const { host } = this.remote.url;
    const type = response.header('content-type').toLowerCase();
    const framing = framingOf(type, dialect);
    const encoding = response.header('content-encoding').toLowerCase();
    const discard = (what: string) => {
      response.body.on('error', () => undefined).destroy();
      throw this.badResponse(what);
    };
    if (encoding !== '' && encoding !== 'identity') discard('compressed its answer although it was asked not to');
    if (type.includes('html')) discard('answered with a web page, not with a completion: a login or proxy page may stand in front of it');
    if (framing !== 'whole') {
      const isDelimited = `${response.header('transfer-encoding')}${response.header('content-length')}` !== '';
      await receiveAnswer({ body: response.body, framing, isDelimited }, dialect, answer, host, this.client.deadlines);
      if (dialect.path.startsWith('/v1/') && framing === 'events') this.noteAbruptEnd(answer);
      return;
    }
    const limits = { bytes: MAX_WHOLE_ANSWER_BYTES, ms: this.client.deadlines.silenceMs };
    for (const piece of dialect.readWhole(await readDocument(response, host, limits))) answer.take(piece);
  }

  /** It harms nothing, so it is said once, to whoever looks closely. */
  private noteAbruptEnd({ state, isEnded }: Answer): void {
    if (state.kind !== 'finished' || isEnded || this.isAbruptEndTold) return;
    this.isAbruptEndTold = true;
    this.logger.debug(`The model server at ${this.remote.url.host} ends its answers without [DONE].`);
  }

  private facts(request: CompletionRequest): ExchangeFacts {
    const { url, apiKey } = this.remote;
    return { host: url.host, hasKey: apiKey !== undefined, secrets: secretsOf(apiKey, request) };
  }

  private badResponse(what: string): Fault {
    return new Fault('upstream_bad_response', `The model server at ${this.remote.url.host} ${what}. Check endpoint, path and protocol.`);
  }
}

/** Servers tell of more tokens than they were asked for, or without being asked. */
function toldAsDemanded({ demands: { logprobs: count } = {} }: CompletionRequest, sink: CompletionSink): Pick<CompletionSink, 'logprobs'> {
  if (count === undefined) return {};
  return { logprobs: (tokens) => sink.logprobs?.(tokens.map((token) => ({ ...token, top_logprobs: token.top_logprobs.slice(0, count) }))) };
}
