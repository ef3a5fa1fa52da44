import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { chatEvent } from '@tandem/testing';

const WORDS = 20;

/** A model server that says a prompt back word by word, taking its time, and counts how often each was asked. */
export interface CountingModel {
  readonly endpoint: string;
  /** By prompt. */
  readonly asked: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** What it says to a prompt. */
export function answerTo(prompt: string): string {
  return Array.from({ length: WORDS }, (_, word) => `${prompt}-${word} `).join('');
}

/** Answers take between these two, in milliseconds. */
export async function startCountingModel(shortestMs: number, longestMs: number): Promise<CountingModel> {
  const asked = new Map<string, number>();
  const speak = (response: ServerResponse, prompt: string): void => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const stepMs = (shortestMs + Math.random() * (longestMs - shortestMs)) / WORDS;
    let word = 0;
    const timer = setInterval(() => {
      if (word < WORDS) response.write(chatEvent(`${prompt}-${word++} `));
      else response.end(`${chatEvent(null, 'stop')}data: [DONE]\n\n`);
    }, stepMs);
    response.on('close', () => clearInterval(timer));
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'GET')
      return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ object: 'list', data: [{ id: 'counting' }] }));
    const { messages } = JSON.parse(body) as { messages: { content: string }[] };
    const prompt = messages.at(-1)?.content ?? '';
    asked.set(prompt, (asked.get(prompt) ?? 0) + 1);
    speak(response, prompt);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `127.0.0.1:${(server.address() as { port: number }).port}`,
    asked,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
