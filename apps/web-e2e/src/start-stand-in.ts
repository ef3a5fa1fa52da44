import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How a stand-in is, as far as a person who compares can tell. */
export interface Mood {
  /** The names that it lists; the first is what it serves. */
  readonly models: readonly string[];
  /** Where the first lies over another, or its files. */
  readonly root?: string;
  /** In tokens, as it runs. */
  readonly contextLength: number;
  /** What every GET does. */
  readonly checks: 'fine' | 'loading' | 'want a key' | 'never answered' | 'a page';
  /** What a prompt gets. */
  readonly answers: 'whole' | 'loading' | 'want a key' | 'none' | 'failing' | 'broken off' | 'too long' | 'endless';
}

/** A model server whose mood a test changes while it runs. */
export interface StandIn {
  /** `host:port`, as a configuration names it. */
  readonly endpoint: string;
  readonly port: number;
  /** Every request that came, as `GET /v1/models`. */
  readonly requests: readonly string[];
  become(mood: Partial<Mood>): void;
  /** Stops to listen, as a server that crashed; `open()` starts it again on the same port. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/**
 * Of the loopback network, one of this process: on the common one, another server could be given the port while this one does not listen.
 */
const OWN_ADDRESS = `127.1.${(process.pid >> 8) & 255}.${process.pid & 255}`;

const FINE: Mood = { models: ['tuned'], contextLength: 8192, checks: 'fine', answers: 'whole' };
const LOADING = { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } };
const REFUSAL = { error: { code: 401, message: 'Invalid API key', type: 'authentication_error' } };

/** Starts one in the mood given, which for the rest is a fine one; it says of itself that it is vLLM. */
export async function startStandIn(initial: Partial<Mood> = {}): Promise<StandIn> {
  let mood: Mood = { ...FINE, ...initial };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume();
    if (request.method === 'GET') check(mood, request, response);
    // one that breaks off before it has read the whole prompt would reset the connection, and what it said could be lost
    else request.once('end', () => answer(mood, response));
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, OWN_ADDRESS);
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  };
  const port = await listen(0);
  return {
    endpoint: `${OWN_ADDRESS}:${port}`,
    port,
    requests,
    become: (next) => void (mood = { ...mood, ...next }),
    shut: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    open: async () => void (await listen(port)),
  };
}

function check({ checks, models, root, contextLength }: Mood, { url }: IncomingMessage, response: ServerResponse): void {
  switch (checks) {
    case 'never answered':
      return;
    case 'a page':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Log in</title>');
    case 'want a key':
      return json(response, 401, REFUSAL);
    case 'loading':
      return json(response, 503, LOADING);
    case 'fine':
      break;
  }
  if (url === '/version') return json(response, 200, { version: '0.9.1' });
  if (url !== '/v1/models') return void response.writeHead(url === '/health' ? 200 : 404).end();
  const data = models.map((id) => ({ id, object: 'model', owned_by: 'vllm', root, max_model_len: contextLength }));
  return json(response, 200, { object: 'list', data });
}

function answer({ answers }: Mood, response: ServerResponse): void {
  switch (answers) {
    case 'none':
      return;
    case 'want a key':
      return json(response, 401, REFUSAL);
    case 'loading':
      return json(response, 503, LOADING);
    case 'failing':
      return json(response, 500, { error: { code: 500, message: 'CUDA out of memory' } });
    case 'too long':
      return json(response, 400, { error: { code: 400, message: "This model's maximum context length is 4096 tokens." } });
    case 'broken off':
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      return void response.write(event('The sea is wide', null), () => response.destroy());
    case 'endless':
      return speakOn(response);
    case 'whole':
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      return void response.end(`${event('Hi.', 'stop')}data: [DONE]\n\n`);
  }
}

function speakOn(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const timer = setInterval(() => response.write(event('on and ', null)), 100);
  response.on('close', () => clearInterval(timer));
}

function event(content: string, finish_reason: string | null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
