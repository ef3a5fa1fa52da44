// The stand-in behind the screenshots: the built page, four models, and answers that depend on the prompt alone.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANSWERS } from './screenshot-answers.mjs';
import { blindFrames, keptBody } from './screenshot-kept.mjs';
import { runsAnswer } from './screenshot-runs.mjs';

const WEB = fileURLToPath(new URL('../../../dist/apps/web/browser', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

const card = (id, title, role, endpoint, rest = {}) => ({
  ...{ id, name: title, title, description: null, provider: null, type: null, context_length: 1024, baseline_id: null },
  ...{ price: null, derivatives: [], role, endpoint, source: 'file' },
  ...{
    place: endpoint.startsWith('local:') ? 'local' : 'remote',
    is_demo: id.startsWith('tandem-tiny-'),
    images: endpoint.startsWith('local:') ? false : null,
  },
  ...rest,
});

const MODELS = [
  card('tandem-tiny-base', 'Tandem tiny base', 'baseline', 'local:pretrain/tandem-tiny-base.gguf'),
  card('tandem-tiny-chat', 'Tandem tiny chat', 'twodelta', 'local:sft/tandem-tiny-chat.gguf'),
  card('pretrain/tandem-tiny-base.gguf', 'tandem-tiny-base', 'local', 'local:pretrain/tandem-tiny-base.gguf', { type: 'Pretrained' }),
  card('sft/tandem-tiny-chat.gguf', 'tandem-tiny-chat', 'local', 'local:sft/tandem-tiny-chat.gguf', { type: 'SFT' }),
  card('rl/broken.gguf', 'broken-experiment', 'local', 'local:rl/broken.gguf', { type: 'RL', context_length: null }),
];

/** Beside the demo pair, which alone has its own words on the page. */
const TROUBLED = [
  card('base-8b', 'Base 8B', 'baseline', 'models.example.com:8000', { context_length: 32_768 }),
  card('tuned-8b', 'Tuned 8B', 'twodelta', 'models.example.com:8001', { context_length: 8192 }),
];

/** Checkpoints of one's own: a PyTorch file that waits, a folder that is converted right now, one that was, one that is refused. */
const OWN = [
  card('pretrain/best.pt', 'pretrain/best', 'local', 'local:pretrain/best.pt', { type: 'Pretrained' }),
  card('sft/best.pt', 'sft/best', 'local', 'local:sft/best.pt', { type: 'SFT' }),
  card('sft/Qwen3-0.6B', 'Qwen3-0.6B', 'local', 'local:sft/Qwen3-0.6B', { type: 'SFT', context_length: 40_960 }),
  card('rl_grpo/best.pt', 'rl_grpo/best', 'local', 'local:rl_grpo/best.pt', { type: 'RL' }),
  card('rl_grpo/last.pt', 'rl_grpo/last', 'local', 'local:rl_grpo/last.pt', { type: 'RL', context_length: null }),
];

const file = (name, type) => ({
  ...{ path: `checkpoints/${name}`, name, size_mb: 3.2, modified: '2026-11-20 12:00:00', type, status: 'loaded', loadable: true },
  ...{ reason: null, architecture: 'llama', quantization: 'Q8_0', parameters: 3_100_000, context_length: 1024 },
  ...{ chat_template: type === 'SFT', memory_estimate_mb: 42 },
});

const FILES = Object.fromEntries(
  [file('pretrain/tandem-tiny-base.gguf', 'Pretrained'), file('sft/tandem-tiny-chat.gguf', 'SFT')].map((each) => [each.name, each]),
);

const made = (name, type, rest) => ({
  ...file(name, type),
  ...{ size_mb: 1_482.3, status: 'unloaded', architecture: 'gpt2', quantization: 'F16', parameters: 124_439_808, memory_estimate_mb: 310 },
  ...{ format: 'pytorch', converted: false, conversion_mb: 260.4, family: 'nanogpt', assumptions: [] },
  ...rest,
});

const OWN_FILES = Object.fromEntries(
  [
    made('pretrain/best.pt', 'Pretrained', { assumptions: ['12 attention heads of 64, as models of width 768 usually have: no configuration says it'] }),
    made('sft/best.pt', 'SFT'),
    made('sft/Qwen3-0.6B', 'SFT', {
      format: 'safetensors',
      architecture: 'qwen3',
      parameters: 596_049_920,
      converted: true,
      conversion_mb: 1_143,
      family: 'hf-qwen3',
    }),
    made('rl_grpo/best.pt', 'RL', { status: 'failed' }),
    made('rl_grpo/last.pt', 'RL', {
      ...{ loadable: false, converted: null, conversion_mb: null, family: null, architecture: null, quantization: null, parameters: null },
      ...{ memory_estimate_mb: null, reason: 'There is no tokenizer beside it or in the folders above; put its tokenizer.json beside the file.' },
    }),
  ].map((each) => [each.name, each]),
);

const NO_ROOM = 'Converting rl_grpo/best.pt takes 260 MB, and the disk has 12 MB left. Free some room, or set CONVERTED_DIR to a folder on another disk.';

const status = (name, rest) => ({
  ...{ name, status: 'loaded', loaded: true, progress: 1, error: null, memory_mb: 27.4, active_generations: 0, last_used: null },
  ...rest,
});

const STATUSES = [
  status('pretrain/tandem-tiny-base.gguf', { status: 'loading', loaded: false, progress: 0.4, memory_mb: null }),
  status('sft/tandem-tiny-chat.gguf', { active_generations: 2, last_used: '2026-11-20T12:00:00Z' }),
];

const OWN_STATUSES = [
  status('sft/best.pt', { status: 'converting', loaded: false, progress: 0.4, memory_mb: null }),
  status('sft/Qwen3-0.6B', { memory_mb: 1_320, last_used: '2026-11-20T12:00:00Z' }),
  status('rl_grpo/best.pt', { status: 'failed', loaded: false, progress: 0, memory_mb: null, error: NO_ROOM }),
];

const MEMORY = {
  ...{ status: 'success', total_mb: 24_000, available_mb: 15_400 },
  models: [
    { name: 'sft/tandem-tiny-chat.gguf', memory_mb: 27.4 },
    { name: 'sft/a-larger-one.gguf', memory_mb: 5_200 },
  ],
};

const CONFIG = {
  ...{ status: 'success', source: 'file', version: '0', etag: null, loaded_at: '2026-11-20T12:00:00Z', next_refresh_at: null, last_error: null },
  counts: { baseline: 1, twodelta: 1, local: 3 },
};

const NOT_KEPT = { status: 'error', error: { code: 'not_found', message: 'Nothing is kept under this id.', retryable: false, request_id: '1' } };

/** Addresses that are the page itself. */
const PAGES = /^\/(nowhere|chat(\/[\w-]+)?|models|(runs|comparisons)(\/[\w-]+)?)?$/;

const served = (model, base) => ({ model, server: 'vLLM', version: '0.9.1', context_length: 8192, base });

/** What is wrong, by model; all others are well. */
const TROUBLES = {
  'rl/broken.gguf': { status: 'unhealthy', cause: 'unusable_file', detail: 'The file ends before its tensors do.', hint: 'Copy the checkpoint again.' },
  'sft/best.pt': { status: 'loading', detail: 'It is being converted.' },
  'rl_grpo/best.pt': { status: 'unhealthy', cause: 'unusable_file', detail: NO_ROOM },
  'rl_grpo/last.pt': { status: 'unhealthy', cause: 'unusable_file', detail: OWN_FILES['rl_grpo/last.pt'].reason },
  'base-8b': {
    ...{ status: 'degraded', cause: 'answers_fail', detail: 'Its checks pass, but its last answers failed: it fell silent in the middle of its answer.' },
    ...{ hint: 'Look into its log. Tandem lets it rest for some seconds, then tries it with the next prompt.', identity: served('base-8b', null) },
  },
  'tuned-8b': {
    status: 'unhealthy',
    cause: 'unreachable',
    detail: 'Nothing listens at models.example.com:8001.',
    hint: 'Start the model server, or correct the endpoint.',
  },
};

const health = ({ id, endpoint }) => ({
  ...{ status: 'healthy', healthy: TROUBLES[id] === undefined, model: id, endpoint, latency_ms: 2, checked_at: '2026-11-20T12:00:00Z' },
  ...{ cause: null, last_answer_at: '2026-11-20T11:55:00Z', detail: 'Loaded.', hint: '', identity: null, ...TROUBLES[id] },
});

const PLAIN = { models: MODELS, files: FILES, statuses: STATUSES };
/** Whose models there are besides: two that are in trouble, checkpoints of one's own. Or how the store is. */
const STAGES = {
  plain: PLAIN,
  troubled: { ...PLAIN, models: [...MODELS, ...TROUBLED] },
  empty: { ...PLAIN, store: 'empty' },
  off: { ...PLAIN, store: 'off' },
  own: { models: [...MODELS, ...OWN], files: { ...FILES, ...OWN_FILES }, statuses: [...STATUSES, ...OWN_STATUSES] },
};

export async function startStandIn(stage = 'plain') {
  const server = createServer((request, response) => void answer(request, response, STAGES[stage]));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(request, response, { models, files, statuses, store }) {
  const address = new URL(request.url, 'http://stand-in');
  const { pathname } = address;
  const found = runsAnswer(request.method, address, store);
  if (found) return found.events ? events(response, found.events) : json(response, found.body, found.status);
  if (pathname === '/stream') return stream(request, response);
  if (pathname.startsWith('/stream/blind-')) return send(response, blindFrames(Number(pathname.at(-1))));
  const kept = keptBody(request.method, pathname);
  if (kept) return json(response, { status: 'success', ...kept });
  if (pathname.startsWith('/api/comparisons/')) return json(response, NOT_KEPT, 404);
  if (pathname === '/api/models') return json(response, { status: 'success', models, count: models.length });
  if (pathname === '/api/checkpoints') return json(response, { models: files, count: Object.keys(files).length });
  if (pathname === '/api/health/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const model of models) response.write(`data: ${JSON.stringify(health(model))}\n\n`);
    return undefined;
  }
  if (pathname === '/api/checkpoints/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const status of statuses) response.write(`data: ${JSON.stringify({ type: 'status', status })}\n\n`);
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
  const { content = prompt } = messages?.at(-1) ?? {};
  const asked = typeof content === 'string' ? content : content[0].text;
  const side = model === 'tandem-tiny-base' ? 0 : 1;
  return send(response, (ANSWERS[asked] ?? ANSWERS.short)[side]);
}

async function send(response, frames) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const frame of frames) {
    if (response.destroyed) return;
    if (typeof frame === 'number') await pause(frame);
    else response.write(`data: ${JSON.stringify(frame)}\n\n`);
  }
}

function events(response, all) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const event of all) response.write(`data: ${JSON.stringify(event)}\n\n`);
}

function json(response, body, status = 200) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Does not keep the process alive: some answers never end. */
function pause(ms) {
  return new Promise((elapsed) => setTimeout(elapsed, ms).unref());
}
