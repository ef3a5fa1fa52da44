import { Fault } from '@tandem/api/faults';
import { readDocument } from '../connection/read-document';
import { type RemoteEndpoint, routeUrl } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import { isObject, type JsonObject, readJson } from '../dialects/json';
import { readRefusal, refuseRedirect } from '../server/refused-response';
import { faultOfServer } from '../server/server-fault';

/** What a server answers that has no such route, or has nothing for what it is asked there. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 405, 415, 422, 501]);
const SMALL_BYTES = 4 * 1024 * 1024;

/** A document that a route answered with, or the status of its refusal. */
export type Told = { readonly kind: 'told'; readonly document: unknown } | { readonly kind: 'refused'; readonly status: number };

/** What one server's routes beside those for answers tell: its tokens, its template, how likely a prompt is. Owns no socket. */
export class SideRoutes {
  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
  ) {}

  /** Host and port. */
  get host(): string {
    return this.remote.url.host;
  }

  /**
   * Asks by POST. `bytes`: the most that its answer may have. Anything that is not JSON is told as undefined.
   * @throws Fault where the server does not answer, is in trouble, or the text is longer than its model can take
   */
  ask(path: string, body: JsonObject, signal: AbortSignal, bytes = SMALL_BYTES): Promise<Told> {
    return this.send(path, { body }, signal, bytes);
  }

  /** Asks by GET. @throws Fault as above */
  look(path: string, signal: AbortSignal): Promise<Told> {
    return this.send(path, {}, signal, SMALL_BYTES);
  }

  /** As `ask`, where only an object is an answer; undefined for anything else, a refusal among it. */
  async object(path: string, body: JsonObject, signal: AbortSignal, bytes?: number): Promise<JsonObject | undefined> {
    const told = await this.ask(path, body, signal, bytes);
    return told.kind === 'told' && isObject(told.document) ? told.document : undefined;
  }

  private async send(path: string, asked: { readonly body?: JsonObject }, signal: AbortSignal, bytes: number): Promise<Told> {
    const { url, apiKey } = this.remote;
    const { documentMs, silenceMs } = this.client.deadlines;
    const response = await this.client.send({ url: routeUrl(url, path), apiKey, ...asked }, signal);
    refuseRedirect(response, url.host);
    if (response.status < 400) return { kind: 'told', document: readJson(await readDocument(response, url.host, { bytes, ms: silenceMs })) };
    const failure = await readRefusal(response, url.host, documentMs);
    const retryAfter = response.header('retry-after');
    const facts = { host: url.host, hasKey: apiKey !== undefined, secrets: [], retryAfter };
    if (faultOfServer(failure, facts).code === 'context_length_exceeded') throw tooLongFor(url.host);
    if (REFUSALS.has(response.status)) return { kind: 'refused', status: response.status };
    // its own words may repeat the text
    throw faultOfServer({ message: '', status: response.status }, facts);
  }
}

function tooLongFor(host: string): Fault {
  return new Fault('context_length_exceeded', { what: `The text is longer than the model at ${host} can take`, hint: 'shorten it' });
}
