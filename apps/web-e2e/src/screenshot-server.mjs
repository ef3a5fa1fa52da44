// The stand-in behind the screenshots: the built page, four models, and answers that depend on the prompt alone.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANSWERS } from './screenshot-answers.mjs';

const WEB = fileURLToPath(new URL('../../../dist/apps/web/browser', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

const card = (id, title, role, endpoint, rest = {}) => ({
  ...{ id, name: title, title, description: null, provider: null, type: null, context_length: 1024, baseline_id: null },
  ...{ price: null, derivatives: [], role, endpoint, source: 'file' },
  ...rest,
});

const MODELS = [
  card('tandem-tiny-base', 'Tandem tiny base', 'baseline', 'local:pretrain/tandem-tiny-base.gguf'),
  card('tandem-tiny-chat', 'Tandem tiny chat', 'twodelta', 'local:sft/tandem-tiny-chat.gguf'),
  card('pretrain/tandem-tiny-base.gguf', 'tandem-tiny-base', 'local', 'local:pretrain/tandem-tiny-base.gguf', { type: 'Pretrained' }),
  card('sft/tandem-tiny-chat.gguf', 'tandem-tiny-chat', 'local', 'local:sft/tandem-tiny-chat.gguf', { type: 'SFT' }),
  card('rl/broken.gguf', 'broken-experiment', 'local', 'local:rl/broken.gguf', { type: 'RL', context_length: null }),
];

const file = (name, type) => ({
  ...{ path: `checkpoints/${name}`, name, size_mb: 3.2, modified: '2026-11-20 12:00:00', type, status: 'loaded', loadable: true },
  ...{ reason: null, architecture: 'llama', quantization: 'Q8_0', parameters: 3_100_000, context_length: 1024 },
  ...{ chat_template: type === 'SFT', memory_estimate_mb: 42 },
});

const FILES = Object.fromEntries(
  [file('pretrain/tandem-tiny-base.gguf', 'Pretrained'), file('sft/tandem-tiny-chat.gguf', 'SFT')].map((each) => [each.name, each]),
);

const status = (name, rest) => ({
  ...{ name, status: 'loaded', loaded: true, progress: 1, error: null, memory_mb: 27.4, active_generations: 0, last_used: null },
  ...rest,
});

const STATUSES = [
  status('pretrain/tandem-tiny-base.gguf', { status: 'loading', loaded: false, progress: 0.4, memory_mb: null }),
  status('sft/tandem-tiny-chat.gguf', { active_generations: 2, last_used: '2026-11-20T12:00:00Z' }),
];

const MEMORY = {
  ...{ status: 'success', total_mb: 24_000, available_mb: 15_400 },
  models: [{ name: 'sft/tandem-tiny-chat.gguf', memory_mb: 27.4 }, { name: 'sft/a-larger-one.gguf', memory_mb: 5_200 }],
};

const CONFIG = {
  ...{ status: 'success', source: 'file', version: '0', etag: null, loaded_at: '2026-11-20T12:00:00Z', next_refresh_at: null, last_error: null },
  counts: { baseline: 1, twodelta: 1, local: 3 },
};

/** Addresses that are the page itself. */
const PAGES = /^\/(chat(\/[\w-]+)?|models)?$/;

const health = (model) => {
  const isBroken = model.id.startsWith('rl/');
  return {
    ...{ status: isBroken ? 'unhealthy' : 'healthy', healthy: !isBroken, model: model.id, endpoint: model.endpoint },
    ...{ latency_ms: 2, checked_at: '2026-11-20T12:00:00Z', detail: isBroken ? 'The file ends before its tensors do.' : 'Loaded.' },
    hint: isBroken ? 'Copy the checkpoint again.' : '',
  };
};

export async function startStandIn() {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://stand-in');
  if (pathname === '/stream') return stream(request, response);
  if (pathname === '/api/models') return json(response, { status: 'success', models: MODELS, count: MODELS.length });
  if (pathname === '/api/checkpoints') return json(response, { models: FILES, count: 2 });
  if (pathname === '/api/health/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const model of MODELS) response.write(`data: ${JSON.stringify(health(model))}\n\n`);
    return undefined;
  }
  if (pathname === '/api/checkpoints/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const status of STATUSES) response.write(`data: ${JSON.stringify({ type: 'status', status })}\n\n`);
    return undefined;
  }
  if (pathname === '/api/config') return json(response, CONFIG);
  if (pathname === '/api/memory') return json(response, MEMORY);
  if (pathname.endsWith('/clear')) return json(response, { success: true, message: 'Chat history cleared' });
  const name = PAGES.test(pathname) ? 'index.html' : normalize(pathname);
  const body = await readFile(join(WEB, name)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' });
  return response.end(body);
}

async function stream(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { prompt, messages, model } = JSON.parse(Buffer.concat(chunks).toString());
  const asked = prompt ?? messages.at(-1).content;
  const side = model === 'tandem-tiny-base' ? 0 : 1;
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const frame of (ANSWERS[asked] ?? ANSWERS.short)[side]) {
    if (response.destroyed) return;
    if (typeof frame === 'number') await pause(frame);
    else response.write(`data: ${JSON.stringify(frame)}\n\n`);
  }
}

function json(response, body) {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Does not keep the process alive: some answers never end. */
function pause(ms) {
  return new Promise((elapsed) => setTimeout(elapsed, ms).unref());
}
