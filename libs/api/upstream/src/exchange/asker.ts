import { randomUUID } from 'node:crypto';
import type { CompletionRequest } from '@tandem/api/completion';
import { untilAborted } from '@tandem/shared/concurrency';
import type { ParameterName } from '@tandem/shared/contracts';
import type { ThoughtFormat } from '@tandem/shared/thoughts';
import { ignoredParameters } from '../dialects/fields';
import { type RemoteEndpoint, routeUrl } from '../connection/remote-endpoint';
import { retryOnce } from '../connection/retry-once';
import type { UpstreamClient, UpstreamResponse } from '../connection/upstream-client';
import type { ModelName } from '../server/model-name';
import { readRefusal, refuseRedirect } from '../server/refused-response';
import { badResponse } from '../server/server-fault';
import type { Route, ServerKind } from '../server/server-kind';
import { refuseDemands } from './demand-fault';
import { RefusedFields } from './refused-fields';
import { isAskedFresh, Wording } from './wording';

/** What a server answers that has no such route. */
const NO_ROUTE = new Set([404, 405, 501]);

/** A request that is on its way to a server. */
export interface Asked extends Route {
  readonly wording: Wording;
  /** What the answer's text begins in: the form of a thought, or nothing that is ever one. */
  readonly begins: ThoughtFormat | 'verbatim' | undefined;
  readonly hasOtherRoutes: boolean;
  readonly isRepeated: boolean;
}

/** What of a request reaches a server. */
export interface Reach {
  /** Sampling parameters that are not sent. */
  readonly unsent: readonly ParameterName[];
  /** Whether it is told to use nothing that it keeps of earlier prompts. */
  readonly isFresh: boolean;
}

/** A server's answer, and how it speaks. */
export interface Taken extends Asked {
  readonly response: UpstreamResponse;
}

/** Puts requests to one model at a server, in words that it takes: remembers the model's name there, and which fields were refused. */
export class Asker {
  private readonly refused = new RefusedFields();
  /** By the paths of its routes. */
  private readonly urls = new Map<string, URL>();

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
    private readonly kind: ServerKind,
    private readonly modelName: ModelName,
  ) {}

  /** @throws Fault `invalid_request` for what this kind of server has no field for */
  async refuseDemands(demands: CompletionRequest['demands'], left: AbortSignal): Promise<void> {
    const [route] = await untilAborted(this.kind.routes(demands?.isRaw), left);
    if (route !== undefined) refuseDemands(route.dialect, demands, this.remote.url.host);
  }

  /**
   * Asks until the server takes the request, leaving out what it refuses to know, and by the next route where it does
   * not have one. Nothing was generated before that.
   */
  async ask(asked: CompletionRequest, signal: AbortSignal): Promise<Taken> {
    const routes = await untilAborted(this.kind.routes(asked.demands?.isRaw), signal);
    const request = { ...asked, ...(await untilAborted(this.salt(asked), signal)) };
    for (const [index, route] of routes.entries()) {
      const model = await untilAborted(this.modelName.get(), signal);
      // the next one may have nothing for what the first would have done
      const wording = new Wording(request, { host: this.remote.url.host, apiKey: this.remote.apiKey, dialect: route.dialect, model }, this.refused);
      const thought = wording.canThink ? await untilAborted(this.kind.openedThought(model), signal) : undefined;
      const begins = wording.isVerbatim ? 'verbatim' : thought;
      const taken = await this.askAgain(
        { ...route, wording, begins, hasOtherRoutes: index < routes.length - 1, isRepeated: request.isRepeated === true },
        signal,
      );
      if (taken.response.status < 400) return taken;
    }
    throw badResponse(this.remote.url.host, 'has no route for completions');
  }

  /** What of a request would reach the server that is asked now. Sends nothing of it. */
  async reach(request: CompletionRequest, signal: AbortSignal): Promise<Reach> {
    const { dialect } = await untilAborted(this.kind.get(), signal);
    const omitted = this.refused.omittedFor(request, dialect, '');
    const salt = await untilAborted(this.salt(request), signal);
    return { unsent: ignoredParameters(dialect.fields, omitted), isFresh: isAskedFresh(salt, dialect, omitted) };
  }

  /** vLLM's way to keep prompts apart. Nobody else's: other servers would pass over it in silence. */
  private async salt({ isFresh }: CompletionRequest): Promise<{ readonly cacheSalt?: string }> {
    return isFresh && (await this.kind.name()) === 'vLLM' ? { cacheSalt: randomUUID() } : {};
  }

  /** By one route; resolves with a refusal only where another route is to be tried. */
  async askAgain(asked: Asked, signal: AbortSignal): Promise<Taken> {
    const { url, apiKey } = this.remote;
    const { path, wording, hasOtherRoutes, isRepeated } = asked;
    const route = this.urls.get(path) ?? routeUrl(url, path);
    this.urls.set(path, route);
    for (;;) {
      const { body } = wording;
      const send = (): Promise<UpstreamResponse> => this.client.send({ url: route, apiKey, body }, signal);
      const response = await (isRepeated ? send() : retryOnce(send, signal));
      refuseRedirect(response, url.host);
      if (response.status < 400) return { ...asked, response };
      const failure = await readRefusal(response, url.host, this.client.deadlines.documentMs);
      if (hasOtherRoutes && NO_ROUTE.has(response.status)) return { ...asked, response };
      if (response.status === 404) this.modelName.forget();
      if ([401, 403, 404, 405].includes(response.status)) this.kind.forget();
      if (!wording.heed(failure)) throw wording.refusalOf(failure, response.header('retry-after'));
    }
  }
}
