// A model server that answers at once, in a process of its own so that it costs the others nothing but CPU. Prints its port.
import { createServer } from 'node:http';

const TOKENS = ['The', ' answer', ' is', ' here', '.'];
const usage = { prompt_tokens: 9, completion_tokens: TOKENS.length, total_tokens: 9 + TOKENS.length };
const event = (delta, finish_reason = null, more = {}) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model: 'stand-in', choices: [{ index: 0, delta, finish_reason }], ...more })}\n\n`;
const STREAM = `${TOKENS.map((content) => event({ content })).join('')}${event({}, 'stop')}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`;
const message = { role: 'assistant', content: TOKENS.join('') };
const WHOLE = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  created: 0,
  model: 'stand-in',
  choices: [{ index: 0, message, finish_reason: 'stop' }],
  usage,
});
const LIST = JSON.stringify({ object: 'list', data: [{ id: 'stand-in' }] });

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(LIST);
  let body = '';
  request.setEncoding('utf8').on('data', (text) => (body += text));
  request.on('end', () => {
    const isStream = JSON.parse(body).stream === true;
    response.writeHead(200, { 'Content-Type': isStream ? 'text/event-stream' : 'application/json' }).end(isStream ? STREAM : WHOLE);
  });
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
