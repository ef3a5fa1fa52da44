// The runs behind the screenshots: what the server would tell of a few, one of them with items enough to scroll.
const CREATED = '2026-11-20T11:40:00Z';
const PAIR = { baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-chat' };
const PARAMETERS = { temperature: 0, top_p: 0.9, top_k: 0, repetition_penalty: 1, max_tokens: 256, seed: 7 };
const GENERAL = { id: 'general', name: 'general', count: 20 };

const run = (id, state, done, rest = {}) => ({
  ...{ id, state, ...PAIR, prompt_set: GENERAL, parameters: PARAMETERS, repeats: 1, score: true, error: null },
  ...{ counts: { total: 20, queued: 20 - done, done, failed: 0 }, created_at: CREATED, ended_at: state === 'done' ? CREATED : null },
  ...rest,
});

const { baseline, derivative } = PAIR;
const LARGE = { id: 'own', name: 'support questions, second round', count: 10_000 };
const RUNS = [
  run('going', 'running', 12),
  run('done', 'done', 20),
  run('large', 'done', 9_997, { prompt_set: LARGE, counts: { total: 10_000, queued: 0, done: 9_997, failed: 3 } }),
  run('several', 'paused', 31, {
    ...{ baseline: undefined, derivative: undefined, variants: [baseline, derivative, 'sft/tandem-tiny-chat.gguf'] },
    ...{ prompt_set: { id: 'format', name: 'format', count: 20 }, repeats: 3, score: false, counts: { total: 60, queued: 29, done: 31, failed: 0 } },
  }),
  run('stopped', 'cancelled', 4),
];

const estimate = (value, low, high, n = 20) => ({ value, interval: { low, high }, n });
const side = (model, share, ms) => ({
  ...{ model, pass_rate: estimate(share, share - 0.18, share + 0.2), latency_ms: estimate(ms, ms * 0.8, ms * 1.3) },
  ...{ ttft_ms: estimate(42, 38, 49), tokens_per_second: estimate(118, 110, 127), characters: estimate(212, 160, 264) },
});
const pair = (model, rest = {}) => ({
  ...{ model, same_answer: estimate(0.15, 0.05, 0.36), length_ratio: estimate(1.42, 1.1, 1.7), divergence: estimate(1.151, 0.84, 1.46) },
  divergence_histogram: { bin_width: 0.5, counts: [3, 5, 6, 2, 2, 1, 0, 0, 0, 1] },
  ...{ flips: { count: 7, share: 0.35, n: 20 }, mcnemar: { b: 2, c: 5, p: 0.453 }, holm: 0.453, ...rest },
  votes: { counts: { baseline: 4, derivative: 12, tie: 4 }, decisive: 16, win_rate: 0.75, interval: { low: 0.42, high: 0.94 }, evidence: 2.1, decided: null },
});
const summary = (...others) => {
  const pairs = others.map((model, at) => pair(model, at > 0 ? { holm: 0.9, divergence: null, divergence_histogram: null } : {}));
  const [{ flips, mcnemar, votes }] = pairs;
  const measures = [side(baseline, 0.45, 1_420), ...others.map((model) => side(model, 0.6, 980))];
  return { measures, pairs, flips, mcnemar, votes, holm: pairs.map(({ model, holm: p }) => ({ model, p })) };
};

const ASKED = [
  ['What is the capital of France? Answer with its name alone.', 'Paris.', 'The capital of France is Paris.', true, true],
  ['How many legs do three spiders have together?', 'Three spiders have 12 legs.', '24', false, true],
  [
    'Give me three rivers of Europe as a JSON array of strings, and nothing else.',
    '```json\n["Rhine", "Danube", "Loire"]\n```',
    'Sure! The rivers are:\n- Rhine',
    true,
    false,
  ],
  ['Write one sentence about the sea without the letter e.', 'A calm dark bay lay still.', 'A calm dark bay lay still.', true, true],
];
const answer = (model, text, passed, n) => ({
  ...{ model, text, finish_reason: 'stop', error: null, seed: 7, ignored_parameters: [], tries: 1 },
  usage: { prompt_tokens: 14, completion_tokens: 8 + (n % 23), total_tokens: 22 + (n % 23) },
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 40 + (n % 7), total_ms: 300 + ((n * 37) % 1_300), tokens_per_second: 110, source: 'server' },
  check: { passed, checks: [{ type: 'contains', passed }] },
});
const FAULT = { code: 'upstream_timeout', message: 'The server at models.example.com:8001 did not answer within 60 s.', retryable: true };

function item({ variants, counts }, at) {
  const [prompt, left, right, isLeft, isRight] = ASKED[at % ASKED.length];
  const asked = { id: `prompt-${at + 1}:1`, prompt, repeat: 1, tags: ['general'], reference: 'Paris' };
  if (at >= counts.done + counts.failed) return { ...asked, state: 'queued', answers: {}, divergence: null, length_ratio: null, latency: null, verdicts: [] };
  const hasFailed = at % 3_000 === 9 && counts.failed > 0;
  const answers = [
    answer(baseline, left, isLeft, at),
    { ...answer(derivative, hasFailed ? '' : right, isRight, at), ...(hasFailed ? { error: FAULT, check: null } : {}) },
  ];
  return {
    ...{ ...asked, state: hasFailed ? 'failed' : 'done', answers: variants ? [...answers, answers[1]] : { baseline: answers[0], derivative: answers[1] } },
    ...{ divergence: hasFailed ? null : (at % 40) / 16, length_ratio: hasFailed ? null : right.length / left.length, latency: 300 + ((at * 37) % 1_300) },
    verdicts: [{ model: derivative, winner: ['derivative', 'tie', 'baseline'][at % 3] }],
  };
}

const SETS = [
  { id: 'own', name: LARGE.name, count: LARGE.count, created_at: CREATED, is_shipped: false },
  ...['general', 'format'].map((id) => ({ id, name: id, count: 20, created_at: null, is_shipped: true })),
];
const error = (status, code, message) => ({ status, body: { status: 'error', error: { code, message, retryable: false, request_id: 'r' } } });
const OFF = error(
  503,
  'store_unavailable',
  'Nothing can be kept or read here now: the folder .tandem is on a network file system. Set DATA_DIR to a folder on a local disk.',
);

/** What is answered at an address of runs or prompt sets: a status with a body, or events; undefined elsewhere. `empty`, `off`: how the store is. */
export function runsAnswer(method, { pathname, searchParams }, stage) {
  const [, of, id, what] = /^\/api\/(runs|prompt-sets)(?:\/([^/]+)(?:\/(\w+))?)?$/.exec(pathname) ?? [];
  if (of === undefined) return undefined;
  if (stage === 'off') return OFF;
  if (of === 'prompt-sets' && method === 'POST')
    return error(400, 'invalid_request', 'Line 3, check: "containz" is no check; there are exact, contains, regex.');
  if (of === 'prompt-sets') return { status: 200, body: { prompt_sets: SETS, next_cursor: null } };
  if (id === undefined) return { status: 200, body: { runs: stage === 'empty' ? [] : RUNS, next_cursor: null } };
  const found = RUNS.find((each) => each.id === id);
  if (!found) return error(404, 'not_found', `No run has the id "${id}". GET /api/runs lists them.`);
  if (what === 'events') return { events: [{ state: found.state, counts: found.counts }] };
  if (what !== 'items') return { status: 200, body: { run: { ...found, summary: summary(...(found.variants ?? [baseline, derivative]).slice(1)) } } };
  const from = Number(searchParams.get('cursor') ?? 0);
  const to = Math.min(from + 100, found.counts.total);
  const items = Array.from({ length: to - from }, (_, at) => item(found, from + at));
  return { status: 200, body: { items, next_cursor: to < found.counts.total ? String(to) : null } };
}
