// A model server that speaks at a set speed, in a process of its own: prints its port. What is asked says how long and how
// fast (`max_tokens`, `top_k` as tokens per second; 0 for at once). Every token carries the time it left, in microseconds.
import { createServer } from 'node:http';

const HEAD = 'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"stand-in","choices":[{"index":0,"delta":{"content":"';
const TAIL = '"},"finish_reason":null}]}\n\n';
const END =
  'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"stand-in","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
const TICK_MS = 2;

const speaking = new Set();
const token = () => `${HEAD}t=${process.hrtime.bigint() / 1000n};${TAIL}`;

function speak(stream) {
  const due = stream.perSecond === 0 ? stream.tokens : Math.min(stream.tokens, Math.floor(((performance.now() - stream.began) * stream.perSecond) / 1000) + 1);
  for (; stream.sent < due; stream.sent += 1) stream.response.write(token());
  if (stream.sent < stream.tokens) return;
  speaking.delete(stream);
  stream.response.end(END);
}

setInterval(() => {
  for (const stream of speaking) speak(stream);
}, TICK_MS);

const server = createServer(async (request, response) => {
  if (request.method === 'GET') return response.setHeader('Content-Type', 'application/json').end('{"object":"list","data":[{"id":"stand-in"}]}');
  let body = '';
  for await (const piece of request) body += piece;
  const { max_tokens: tokens, top_k: perSecond = 0 } = JSON.parse(body);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  // streams begin out of step, as they do with people
  const stream = { response, tokens, perSecond, sent: 0, began: performance.now() + (perSecond === 0 ? 0 : (Math.random() * 1000) / perSecond) };
  response.on('close', () => speaking.delete(stream));
  speaking.add(stream);
  if (perSecond === 0) speak(stream);
});
server.listen(0, '127.0.0.1', 8_192, () => console.log(server.address().port));
