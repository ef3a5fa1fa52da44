import type { CompletionRequest } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { untilAborted } from '@tandem/shared/concurrency';
import type { ThoughtFormat } from '@tandem/shared/thoughts';
import { faultOfDemand, refuseDemands } from './demand-fault';
import { ModelName } from '../server/model-name';
import { readRefusal, refuseRedirect } from '../server/refused-response';
import { Omissions, RefusedFields } from './refused-fields';
import { type RemoteEndpoint, routeUrl } from '../connection/remote-endpoint';
import { retryOnce } from '../connection/retry-once';
import { type ExchangeFacts, faultOfServer } from '../server/server-fault';
import type { Route, ServerKind } from '../server/server-kind';
import { secretsOf } from '../server/server-words';
import type { UpstreamClient, UpstreamResponse } from '../connection/upstream-client';

/** What a server answers that has no such route. */
const NO_ROUTE = new Set([404, 405, 501]);

/** A server's answer, and how it speaks. */
export interface Taken extends Route {
  readonly response: UpstreamResponse;
  readonly omissions: Omissions;
  /** The form of the thought that its text begins in. */
  readonly opened: ThoughtFormat | undefined;
  readonly hasOtherRoutes: boolean;
}

/** Puts requests to one model at a server, in words that it takes: remembers the model's name there, and which fields were refused. */
export class Asker {
  private readonly modelName: ModelName;
  private readonly refused = new RefusedFields();

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
    private readonly kind: ServerKind,
  ) {
    this.modelName = new ModelName(remote, client);
  }

  /**
   * Asks until the server takes the request, leaving out what it refuses to know, and by the next route where it does
   * not have one. Nothing was generated before that.
   */
  async ask(request: CompletionRequest, [route, ...others]: readonly Route[], signal: AbortSignal): Promise<Taken> {
    if (route === undefined) throw badResponse(this.remote, 'has no route for completions');
    const { dialect, path } = route;
    // the next one may have nothing for what the first would have done
    refuseDemands(dialect, request.demands, this.remote.url.host);
    const model = await untilAborted(this.modelName.get(), signal);
    const omissions = new Omissions(request, dialect, model, this.refused);
    const opened = canThink(request) ? await untilAborted(this.kind.openedThought(model), signal) : undefined;
    const taken = await this.askAgain(request, { dialect, path, omissions, opened, hasOtherRoutes: others.length > 0 }, signal);
    return taken.response.status < 400 ? taken : this.ask(request, others, signal);
  }

  /** By one route; resolves with a refusal only where another route is to be tried. */
  async askAgain(request: CompletionRequest, asked: Omit<Taken, 'response'>, signal: AbortSignal): Promise<Taken> {
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
      const facts = factsOf(this.remote, request);
      if (omissions.heed(failure, facts.secrets)) continue;
      throw faultOfDemand(failure, request.demands, facts) ?? faultOfServer(failure, { ...facts, retryAfter: response.header('retry-after') });
    }
  }
}

/** What a fault may tell of an exchange about this request. */
export function factsOf({ url, apiKey }: RemoteEndpoint, request: CompletionRequest): ExchangeFacts {
  return { host: url.host, hasKey: apiKey !== undefined, secrets: secretsOf(apiKey, request) };
}

export function badResponse({ url }: RemoteEndpoint, did: string): Fault {
  return new Fault('upstream_bad_response', { server: url.host, what: `${did}. Check endpoint, path and protocol` });
}

/** A raw text opens nothing, and what an answer must be holds from its first character where thoughts are not known of. */
function canThink({ demands: { isRaw, format, toolChoice } = {} }: CompletionRequest): boolean {
  return !isRaw && format === undefined && (toolChoice === undefined || toolChoice === 'none');
}
