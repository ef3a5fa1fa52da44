import { once } from 'node:events';
import { createServer } from 'node:http';

/** A model server that takes its time, and counts how often each prompt was asked. */
export async function startCounting({ shortestMs, longestMs }) {
  const asked = new Map();
  const event = (delta, finish_reason = null) =>
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    if (request.method === 'GET') return response.setHeader('Content-Type', 'application/json').end('{"object":"list","data":[{"id":"counting"}]}');
    const prompt = JSON.parse(body).messages.at(-1).content;
    asked.set(prompt, (asked.get(prompt) ?? 0) + 1);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(event({ content: prompt }));
    const end = setTimeout(() => response.end(`${event({}, 'stop')}data: [DONE]\n\n`), shortestMs + Math.random() * (longestMs - shortestMs));
    response.on('close', () => clearTimeout(end));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    endpoint: `127.0.0.1:${server.address().port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
