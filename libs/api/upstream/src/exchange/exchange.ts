import { Logger } from '@nestjs/common';
import type { CompletionEnd, CompletionRequest, CompletionSink } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import type { ModelName } from '../server/model-name';
import { badResponse } from '../server/server-fault';
import type { ServerKind } from '../server/server-kind';
import { Answer } from './answer';
import { Asker, type Reach, type Taken } from './asker';
import { hearAnswer } from './hear-answer';
import { incomplete } from './receive-answer';

/**
 * Exchanges with one model at a server: a request goes there, an answer comes back. Remembers how that server is spoken
 * with; knows of no queue, and not how the exchanges before went. Owns no socket, so nothing needs closing.
 */
export class Exchange {
  private readonly asker: Asker;
  private readonly logger = new Logger('Upstream');
  private isAbruptEndTold = false;

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
    private readonly kind: ServerKind,
    modelName: ModelName,
  ) {
    this.asker = new Asker(remote, client, kind, modelName);
  }

  /** @throws Fault `invalid_request` for what this kind of server has no field for */
  async refuseDemands(demands: CompletionRequest['demands'], left: AbortSignal): Promise<void> {
    try {
      await this.asker.refuseDemands(demands, left);
    } catch (error) {
      if (!left.aborted) throw Fault.from(error);
    }
  }

  /** What of a request would reach the server. */
  reach(request: CompletionRequest, signal: AbortSignal): Promise<Reach> {
    return this.asker.reach(request, signal);
  }

  /** @throws Fault where the answer is not whole, after everything that was received has gone to the sink */
  async run(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    let answer = new Answer(sink);
    let taken: Taken | undefined;
    try {
      taken = await this.asker.ask(request, signal);
      await this.hear(taken, answer);
      // some refuse a request in the answer's own place
      while (!signal.aborted && answer.state.kind === 'failed' && !answer.hasText && taken.wording.heed(answer.state.failure)) {
        answer = new Answer(sink);
        taken = await this.asker.askAgain(taken, signal);
        await this.hear(taken, answer);
      }
      if (answer.state.kind !== 'failed') taken.wording.settle();
    } catch (error) {
      if (!signal.aborted) throw Fault.from(error);
    } finally {
      answer.flush();
    }
    return this.endOf(answer, taken, signal.aborted);
  }

  private async hear({ response, dialect, begins }: Taken, answer: Answer): Promise<void> {
    answer.begin(begins);
    const framing = await hearAnswer(response, dialect, answer, this.remote.url.host, this.client.deadlines);
    if (dialect.path.startsWith('/v1/') && framing === 'events') this.noteAbruptEnd(answer);
  }

  /** @throws Fault where the server did not say that it is complete */
  private endOf(answer: Answer, taken: Taken | undefined, isStopped: boolean): CompletionEnd {
    const { host } = this.remote.url;
    const ignored = taken?.wording.ignoredParameters ?? [];
    const { state } = answer;
    switch (state.kind) {
      case 'finished':
        if (!answer.hasText && answer.unread !== undefined)
          throw badResponse(host, `said something in "${answer.unread}", where Tandem reads nothing, and nothing else`);
        return answer.end(state.reason, ignored);
      case 'failed':
        throw taken?.wording.faultOf(state.failure) ?? incomplete(host);
      case 'garbled':
        this.kind.forget();
        throw badResponse(host, 'sent an event that cannot be read, so text may be missing');
      case 'open':
        if (isStopped) return answer.end('cancelled', ignored);
        if (!answer.isEmpty) throw incomplete(host);
        this.kind.forget();
        throw badResponse(host, 'answered with nothing that reads as a completion');
      default:
        return state satisfies never;
    }
  }

  /** It harms nothing, so it is said once, to whoever looks closely. */
  private noteAbruptEnd({ state, isEnded }: Answer): void {
    if (state.kind !== 'finished' || isEnded || this.isAbruptEndTold) return;
    this.isAbruptEndTold = true;
    this.logger.debug(`The model server at ${this.remote.url.host} ends its answers without [DONE].`);
  }
}
