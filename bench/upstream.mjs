import { once } from 'node:events';
import { createServer } from 'node:http';

const PARAGRAPH =
  'A **measuring instrument** shows what is there, and `nothing` else. It is calm, exact and quick to read.\n\n- one item\n- another item\n\n```js\nconst answer = question.map((word) => word.length);\n```\n\n';
const TICK_MS = 10;

const cut = (text) => text.match(/\s*\S{1,5}|\s+$/g);

/** A stand-in model server with the OpenAI chat API: markdown, or that text, at a set speed, in tokens per second. */
export async function startUpstream({ tokensPerSecond, text = PARAGRAPH, tokens = cut(text).length }) {
  const pieces = cut(text);
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'stand-in' }] }));
      return;
    }
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const send = (delta, finish_reason = null) =>
      response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
    const start = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(tokens, Math.floor(((performance.now() - start) / 1000) * tokensPerSecond));
      for (; sent < due; sent += 1) send({ content: pieces[sent % pieces.length] });
      if (sent < tokens) return;
      clearInterval(timer);
      send({}, 'stop');
      response.end('data: [DONE]\n\n');
    }, TICK_MS);
    response.on('close', () => clearInterval(timer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() || server.close() };
}
