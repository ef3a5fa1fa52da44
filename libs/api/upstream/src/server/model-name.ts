import { Fault } from '@tandem/api/faults';
import { FoundOnce } from '@tandem/shared/concurrency';
import { readDocument } from '../connection/read-document';
import { besideApi, type RemoteEndpoint, routeUrl } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import { holdsTooMuch, isObject, readJson } from '../dialects/json';
import { refuseRedirect, readRefusal } from './refused-response';
import { faultOfServer } from './server-fault';
import { secretsOf } from './server-words';

const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** Asked for where a server lists no models: those that serve a single one take any name. */
const ANY_MODEL = 'default';

/** The model names in the answer of `/v1/models`; null when it is no such list. */
export function readModelNames(text: string): readonly string[] | null {
  const document = holdsTooMuch(text) ? undefined : readJson(text);
  const list = isObject(document) ? (document['data'] ?? document['models']) : document;
  if (!Array.isArray(list)) return null;
  return list.map((entry: unknown) => (isObject(entry) ? (entry['id'] ?? entry['name']) : entry)).filter((name) => typeof name === 'string');
}

/** Whether a server with this list takes that name: Ollama leaves out its usual tag, a gateway lists patterns. */
export function isListed(model: string, names: readonly string[]): boolean {
  return names.some((name) => name === model || name === `${model}:latest` || (name.endsWith('*') && model.startsWith(name.slice(0, -1))));
}

/** The name to ask a model server for: the configured one, or the first that it lists, asked for once and remembered. */
export class ModelName {
  private readonly first = new FoundOnce(() => this.ask());

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
  ) {}

  get(): Promise<string> {
    return this.remote.model === undefined ? this.first.get() : Promise.resolve(this.remote.model);
  }

  /** The server does not know that name any more. */
  forget(): void {
    this.first.forget();
  }

  private async ask(url = this.remote.url): Promise<string> {
    const { apiKey } = this.remote;
    const ms = this.client.deadlines.documentMs;
    const response = await this.client.send({ url: routeUrl(url, '/v1/models'), apiKey }, AbortSignal.timeout(ms)).catch((error: unknown) => {
      if (error instanceof Fault) throw error;
      throw new Fault('upstream_timeout', { server: url.host, what: 'did not list its models in time', hint: 'it may be overloaded' }, { retryable: true });
    });
    refuseRedirect(response, url.host);
    if (response.status < 400) {
      const text = await readDocument(response, url.host, { bytes: MAX_LIST_BYTES, ms });
      return readModelNames(text)?.[0] ?? ANY_MODEL;
    }
    const failure = await readRefusal(response, url.host, ms);
    const beside = besideApi(url);
    if (response.status === 404 || response.status === 405) return beside === null ? ANY_MODEL : this.ask(beside);
    throw faultOfServer(failure, {
      host: url.host,
      hasKey: apiKey !== undefined,
      secrets: secretsOf(apiKey),
      retryAfter: response.header('retry-after'),
    });
  }
}
