import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gate, type Gate } from '@tandem/testing';

export interface Echo {
  /** `host:port`, as a configuration names it. */
  readonly endpoint: string;
  /** How many prompts it was asked. */
  asked(): number;
  /** How many of its answers were cut off by the other side. */
  cancelled(): number;
  /** From now on its answers wait after so many words, 5 unless it is said: for tests that look at answers on their way. The function that it gives lets them go on. */
  hold(after?: number): () => void;
  close(): Promise<void>;
}

/** To this it answers `word0 word1 word2 …` until it is cut off: for tests that stop it, however slowly they run. */
export const ENDLESS = 'Count without an end.';

/** How often a burst of tokens leaves, in milliseconds. */
const BURST_MS = 10;
/** After how many words a held answer waits. */
const HELD_AFTER = 5;

interface Hold extends Gate {
  readonly after: number;
}

export interface EchoOptions {
  readonly tokensPerSecond: number;
  /** What it answers to a message. Default: the same. */
  readonly answerTo?: (message: string) => string;
  /** The tool that it asks for instead. Default: none. */
  readonly toolFor?: (message: string) => { readonly name: string; readonly arguments: string } | undefined;
}

/** A small OpenAI-compatible model server that answers with the last message, one word a token, at a steady speed. */
export async function startEcho({ tokensPerSecond, answerTo = (message) => message, toolFor = () => undefined }: EchoOptions): Promise<Echo> {
  let asked = 0;
  let cancelled = 0;
  let held: Hold | undefined;
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return json(response, { object: 'list', data: [{ id: 'echo', object: 'model' }] });
    if (!request.url?.endsWith('/chat/completions')) return json(response, { error: { message: 'Not found' } }, 404);
    asked += 1;
    const { messages } = JSON.parse(await bodyOf(request)) as { messages: { content: string | { text?: string }[] }[] };
    const message = textOf(messages.at(-1)?.content ?? '');
    const words = message === ENDLESS ? counting() : answerTo(message).split(/(?<=\s)/);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const tool = toolFor(message);
    if (tool) return response.end(`${call(tool)}${event({}, 'tool_calls')}data: [DONE]\n\n`);
    const isWhole = await speak(response, words, tokensPerSecond, held);
    if (!isWhole) cancelled += 1;
    return response.end(`${event({}, 'stop')}data: [DONE]\n\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `127.0.0.1:${(server.address() as { port: number }).port}`,
    asked: () => asked,
    cancelled: () => cancelled,
    hold: (after = HELD_AFTER) => {
      const { open } = (held = { ...gate(), after });
      return () => {
        held = undefined;
        open();
      };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function* counting(): Generator<string> {
  for (let count = 0; ; count++) yield `word${count} `;
}

async function speak(response: ServerResponse, words: Iterable<string>, tokensPerSecond: number, held?: Hold): Promise<boolean> {
  const beganAtMs = performance.now();
  let said = 0;
  for (const word of words) {
    response.write(event({ content: word }, null));
    said += 1;
    if (said === held?.after) await Promise.race([held.passed, once(response, 'close')]);
    while (said >= Math.max(1, Math.floor(((performance.now() - beganAtMs) / 1000) * tokensPerSecond))) {
      await new Promise((resolve) => setTimeout(resolve, BURST_MS));
      if (response.destroyed) return false;
    }
  }
  return true;
}

/** Its arguments in two pieces, as servers tell them. */
function call({ name, arguments: given }: { readonly name: string; readonly arguments: string }): string {
  const half = Math.ceil(given.length / 2);
  const begun = { index: 0, id: 'call_1', type: 'function', function: { name, arguments: given.slice(0, half) } };
  return event({ tool_calls: [begun] }, null) + event({ tool_calls: [{ index: 0, function: { arguments: given.slice(half) } }] }, null);
}

function event(delta: object, finish_reason: string | null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
}

function textOf(content: string | readonly { readonly text?: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
