import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { chatEvent, event } from '@tandem/testing';

/** A model server whose answers begin at once and end when the test says so. */
export interface HeldModel {
  /** `host:port`, as a configuration names it. */
  readonly endpoint: string;
  /** How many answers were asked for. */
  asked(): number;
  /** How many of them the other side cut off. */
  cut(): number;
  /** Lets all answers end, also those still to come. */
  finish(): void;
  close(): Promise<void>;
}

const USAGE = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };

export async function startHeldModel(): Promise<HeldModel> {
  let asked = 0;
  let cut = 0;
  let letGo: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (letGo = resolve));
  const answer = async (response: ServerResponse): Promise<void> => {
    asked += 1;
    response.on('close', () => (cut += response.writableFinished ? 0 : 1));
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(chatEvent('So '));
    await finished;
    response.end(`${chatEvent('far')}${chatEvent(null, 'stop')}${event({ choices: [], usage: USAGE })}data: [DONE]\n\n`);
  };
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'POST') void answer(response);
    else response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ object: 'list', data: [{ id: 'held' }] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `127.0.0.1:${(server.address() as { port: number }).port}`,
    asked: () => asked,
    cut: () => cut,
    finish: () => letGo(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
