import { isForbiddenHost, NO_PROXIES, type OutwardProxies, proxyFor } from '@tandem/api/endpoint';
import { Fault } from '@tandem/api/faults';
import { untilAborted } from '@tandem/shared/concurrency';
import { type Agent, type Dispatcher, errors } from 'undici';
import { faultOfConnection, faultOfProxy } from './connection-fault';
import { DEFAULT_DEADLINES, type Deadlines } from './deadlines';
import { ForbiddenAddressError, type Guard } from './guarded-connector';
import { openPools } from './pools';

/** Of an answer; their size together is bounded too. */
const MAX_HEADERS = 256;

export interface UpstreamRequest {
  readonly url: URL;
  readonly apiKey?: string | undefined;
  /** Sent as JSON by POST; without it the request is a GET. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface UpstreamResponse {
  readonly status: number;
  /** One header, as text; empty when it is absent. */
  header(name: string): string;
  readonly headerNames: readonly string[];
  /** Must be read to its end or destroyed, or its socket stays open. */
  readonly body: Dispatcher.ResponseData['body'];
}

function headersOf({ url, apiKey, body }: UpstreamRequest): Record<string, string> {
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new Fault('upstream_auth', {
      what: `The key for ${url.host} holds characters that no key can have`,
      hint: 'check API_KEY or api_key_env',
    });
  }
  return {
    accept: body === undefined ? 'application/json' : 'text/event-stream, application/x-ndjson, application/json, text/plain',
    'accept-encoding': 'identity',
    'user-agent': 'tandem',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
}

async function endOf(agent: Agent): Promise<void> {
  if (agent.destroyed) return;
  await (agent.closed ? agent.destroy() : agent.close()).catch(() => undefined);
}

/**
 * Sends requests to model servers and owns their sockets, one pool per origin. It follows no redirect, unpacks
 * nothing and judges no status. An aborted signal destroys the request's socket. Whoever made it closes it.
 */
export class UpstreamClient {
  readonly deadlines: Deadlines;
  private agent: Agent;
  /** Of before it was retired: its answers still run. */
  private drained: Agent | undefined;

  constructor(
    deadlines: Partial<Deadlines> = {},
    private readonly guard: Guard = {},
    private readonly proxies: OutwardProxies = NO_PROXIES,
  ) {
    this.deadlines = { ...DEFAULT_DEADLINES, ...deadlines };
    this.agent = this.open();
  }

  private open(options: Agent.Options = {}): Agent {
    return openPools(this.deadlines, this.guard, this.proxies, options);
  }

  /** Resolves with the answer's headers. Rejects with a fault, or with the signal's reason when it is aborted. */
  async send(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse> {
    signal.throwIfAborted();
    const { url, body } = request;
    const proxy = proxyFor(url, this.proxies);
    // where a proxy looks the name up, the name is all that can be judged
    if (proxy !== undefined && isForbiddenHost(url.hostname)) throw faultOfConnection(new ForbiddenAddressError(url.hostname), url.host);
    const response = this.agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: body === undefined ? 'GET' : 'POST',
      headers: headersOf(request),
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    });
    // undici notices an abort only once the connection stands; whoever stops does not wait for that.
    try {
      const { statusCode, headers, body: answer } = await untilAborted(response, signal);
      if (Object.values(headers).flat().length > MAX_HEADERS) {
        answer.on('error', () => undefined).destroy();
        throw new errors.HeadersOverflowError();
      }
      const header = (name: string) => [headers[name] ?? ''].flat().join(', ');
      return { status: statusCode, header, headerNames: Object.keys(headers), body: answer };
    } catch (error) {
      signal.throwIfAborted();
      throw proxy === undefined ? faultOfConnection(error, url.host) : faultOfProxy(error, url.host, proxy.host);
    }
  }

  /**
   * Its server is no longer in use: from now on no socket outlives its request. What is still to come, a request that
   * waits in line, gets a socket of its own. Resolves once the answers of before have ended.
   */
  async retire(): Promise<void> {
    if (this.drained !== undefined || this.agent.closed) return;
    this.drained = this.agent;
    this.agent = this.open({ pipelining: 0 });
    await this.drained.close().catch(() => undefined);
  }

  /** Lets running requests end, until the deadline. */
  async close(deadlineMs: number): Promise<void> {
    const late = setTimeout(() => void this.destroy(), deadlineMs);
    await Promise.all([this.drained, this.agent].map((agent) => agent && endOf(agent)));
    clearTimeout(late);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.drained, this.agent].map((agent) => (agent?.destroyed ? undefined : agent?.destroy())));
  }
}
