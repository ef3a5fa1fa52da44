import { Logger } from '@nestjs/common';
import type { CompletionEnd, CompletionRequest, CompletionSink } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { untilAborted } from '@tandem/shared/concurrency';
import { Answer } from './answer';
import { Asker, badResponse, factsOf, type Taken } from './asker';
import { refuseDemands } from './demand-fault';
import type { Dialect } from '../dialects/dialect';
import { framingOf } from '../dialects/framing-of';
import { readDocument } from '../connection/read-document';
import { incomplete, receiveAnswer } from './receive-answer';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import { faultOfServer } from '../server/server-fault';
import { type Route, ServerKind } from '../server/server-kind';
import type { UpstreamClient, UpstreamResponse } from '../connection/upstream-client';

const MAX_WHOLE_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Exchanges with one model at a server: a request goes there, an answer comes back. Remembers how that server is spoken
 * with; knows of no queue, and not how the exchanges before went. Owns no socket, so nothing needs closing.
 */
export class Exchange {
  private readonly kind: ServerKind;
  private readonly asker: Asker;
  private readonly logger = new Logger('Upstream');
  private isAbruptEndTold = false;

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
  ) {
    this.kind = new ServerKind(remote, client);
    this.asker = new Asker(remote, client, this.kind);
  }

  /** @throws Fault `invalid_request` for what this kind of server has no field for */
  async refuseDemands(demands: CompletionRequest['demands'], left: AbortSignal): Promise<void> {
    try {
      const [route] = await untilAborted(this.routesFor(demands), left);
      if (route !== undefined) refuseDemands(route.dialect, demands, this.remote.url.host);
    } catch (error) {
      if (!left.aborted) throw Fault.from(error);
    }
  }

  /** @throws Fault where the answer is not whole, after everything that was received has gone to the sink */
  async run(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    let answer = new Answer(sink, { isVerbatim: request.demands?.echo !== undefined });
    let taken: Taken | undefined;
    try {
      const routes = await untilAborted(this.routesFor(request.demands), signal);
      taken = await this.asker.ask(request, routes, signal);
      answer.beginsIn(taken.opened);
      await this.receive(taken.response, taken.dialect, answer);
      // some refuse a request in the answer's own place
      while (
        !signal.aborted &&
        answer.state.kind === 'failed' &&
        !answer.hasText &&
        taken.omissions.heed(answer.state.failure, factsOf(this.remote, request).secrets)
      ) {
        answer = new Answer(sink, { isVerbatim: request.demands?.echo !== undefined });
        taken = await this.asker.askAgain(request, taken, signal);
        answer.beginsIn(taken.opened);
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
          throw badResponse(this.remote, `said something in "${answer.unread}", where Tandem reads nothing, and nothing else`);
        return answer.end(state.reason, ignored);
      case 'failed':
        throw faultOfServer(state.failure, factsOf(this.remote, request));
      case 'garbled':
        this.kind.forget();
        throw badResponse(this.remote, 'sent an event that cannot be read, so text may be missing');
      case 'open':
        if (signal.aborted) return answer.end('cancelled', ignored);
        if (answer.isEmpty) this.kind.forget();
        if (answer.isEmpty) throw badResponse(this.remote, 'answered with nothing that reads as a completion');
        throw incomplete(this.remote.url.host);
      default:
        return state satisfies never;
    }
  }

  private async routesFor(demands: CompletionRequest['demands']): Promise<readonly Route[]> {
    return demands?.isRaw ? this.kind.getRaw() : [await this.kind.get()];
  }

  private async receive(response: UpstreamResponse, dialect: Dialect, answer: Answer): Promise<void> {
    const { host } = this.remote.url;
    const type = response.header('content-type').toLowerCase();
    const framing = framingOf(type, dialect);
    const encoding = response.header('content-encoding').toLowerCase();
    const discard = (what: string) => {
      response.body.on('error', () => undefined).destroy();
      throw badResponse(this.remote, what);
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
}
