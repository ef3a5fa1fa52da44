// `npm run bench:scores`: what local scores give and cost beside llama-perplexity, over the same tokens. Needs a build, and
// llama-perplexity; docs/performance.md says how it is named to this script.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CACHE_BYTES, words, writeRandomModel } from './inference/random-model.mjs';
import { withEngine } from './scores/engine.mjs';
import { CHUNK, figuresOf, llamaPerplexity, writeInF16 } from './scores/llama-perplexity.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({
  options: {
    baseline: { type: 'string', default: 'checkpoints/pretrain/tandem-tiny-base.gguf' },
    derivative: { type: 'string', default: 'checkpoints/sft/tandem-tiny-chat.gguf' },
    text: { type: 'string' },
    // of fewer the roundings of weights of 8 bits do not average out
    chunks: { type: 'string', default: '160' },
    only: { type: 'string' },
  },
});
const chunks = Number(values.chunks);
/** With several they wait for each other, and that counts as work. */
const threads = 1;
const MB = 1e6;
const ROOM = 'bench';
/** As many as are kept of a vocabulary of 152,000. */
const KEPT_TOKENS = 110;

const root = process.env.LLAMA_ROOT ?? '';
const inside = root === '' ? join(tmpdir(), 'tandem-scores') : '/tmp/tandem-scores';
const folder = join(root, inside);
mkdirSync(folder, { recursive: true });
const there = (name) => ({ here: join(folder, name), inside: join(inside, name) });
const sum = (list) => list.reduce((total, value) => total + value, 0);
const mean = (list) => sum(list) / list.length;
const rounded = (value, digits = 2) => Number(value.toFixed(digits));

/** As llama-perplexity cuts a text: each chunk begins with the token that begins a text, if there is one, and its second half is scored. */
async function cut({ tokenize }, model, text, count) {
  const bare = await tokenize(model, text, true);
  const whole = await tokenize(model, text, false);
  const opening = whole.length > bare.length ? whole[0] : undefined;
  return Array.from({ length: count }, (_, chunk) =>
    whole.slice(chunk * CHUNK, (chunk + 1) * CHUNK).map((token, at) => (at === 0 ? (opening ?? token) : token)),
  );
}

const scoredHalf = (told) => told.slice(CHUNK / 2 + 1);
const perplexity = (told) => Math.exp(-mean(told.map(({ logprob }) => logprob)));

/** What the model itself finds likely: where it is at a loss, the last bits of every figure weigh most. */
async function written({ load, write, tokenize }, model) {
  await load(model);
  let text = '';
  for (let seed = 1; (await tokenize(model, text, false)).length < CHUNK * chunks; seed += 1) text += `The ${(await write(model, 'The', seed)).trim()}\n\n`;
  return text;
}

/** As they are, and in 16-bit floats: weights of 8 bits have the numbers between layers rounded to 8 bits as well, each build in its own way. */
async function bothFigures() {
  const pair = ['baseline', 'derivative'].map((side) => {
    const [own, wide] = [there(`${side}.gguf`), there(`${side}-f16.gguf`)];
    copyFileSync(values[side], own.here);
    writeInF16(own.inside, wide.inside);
    return { own, wide };
  });
  await figures('as they are', ...pair.map(({ own }) => own));
  await figures('in 16-bit floats', ...pair.map(({ wide }) => wide));
}

async function figures(what, baseline, derivative) {
  const file = there('text.txt');
  const ours = await withEngine({ threads }, async (engine) => {
    writeFileSync(file.here, values.text === undefined ? await written(engine, baseline.here) : readFileSync(values.text));
    const parts = await cut(engine, baseline.here, readFileSync(file.here, 'utf8'), chunks);
    await engine.load(baseline.here);
    await engine.load(derivative.here);
    const pairs = [];
    const text = { room: ROOM, place: 0 };
    for (const tokens of parts) {
      const base = await engine.score(baseline.here, tokens, { keep: text, alternatives: 1 });
      const other = await engine.score(derivative.here, tokens, { against: text, alternatives: 1 });
      pairs.push(...scoredHalf(base).map((token, at) => [token, scoredHalf(other)[at]]));
    }
    await engine.drop(ROOM);
    return {
      'perplexity of the baseline': perplexity(pairs.map(([one]) => one)),
      'perplexity of the derivative': perplexity(pairs.map(([, other]) => other)),
      'mean KL, nats': mean(pairs.map(([, { kl }]) => kl)),
      'RMS Δp, %': 100 * Math.sqrt(mean(pairs.map(([one, other]) => (Math.exp(other.logprob) - Math.exp(one.logprob)) ** 2))),
      'same top, %': 100 * mean(pairs.map(([one, other]) => Number(one.top[0].id === other.top[0].id))),
    };
  });
  const how = (model, more = {}) => ({ model: model.inside, file: file.inside, chunks, threads, ...more });
  const kept = { base: there('baseline.kld').inside };
  const plain = [baseline, derivative].map((model) => figuresOf(how(model), ['Final estimate: PPL'])[0]);
  llamaPerplexity(how(baseline, kept));
  const compared = figuresOf(how(derivative, { ...kept, isDivergence: true }), ['Mean +KLD', 'RMS Δp', 'Same top p']);
  const theirs = [...plain, ...compared];
  console.log(`${values.baseline} and ${values.derivative} ${what}, ${chunks} chunks of ${CHUNK} tokens:`);
  console.table(
    Object.entries(ours).map(([what, value], at) => ({
      what,
      Tandem: rounded(value, 6),
      'llama-perplexity': theirs[at],
      'relative difference': (value / theirs[at] - 1).toExponential(1),
    })),
  );
}

async function costs(vocabulary) {
  const model = there(`vocabulary-${vocabulary}.gguf`);
  writeRandomModel(model.here, { vocabulary });
  const file = there(`words-${vocabulary}.txt`);
  writeFileSync(file.here, words(CHUNK * 8, 1, vocabulary));
  const run = (count) => llamaPerplexity({ model: model.inside, file: file.inside, chunks: count, threads }).cpuMs;
  // what it takes to start and to load is in both
  const theirs = (run(6) - run(2)) / (4 * CHUNK);
  const rows = await withEngine({ threads }, async (engine) => {
    await engine.load(model.here);
    const parts = await cut(engine, model.here, readFileSync(file.here, 'utf8'), 5);
    const timed = async (howAt, count = 4, length = CHUNK) => {
      const score = (at) => engine.score(model.here, parts[at].slice(0, length), howAt(at));
      await score(4);
      const before = engine.cpuMs();
      for (let at = 0; at < count; at += 1) await score(at);
      return (engine.cpuMs() - before) / (count * length);
    };
    const likeliest = [];
    for (const text of parts) {
      const { vocabulary: hash, told } = await engine.ask({ type: 'score', model: model.here, messages: [], text, alternatives: 32 });
      likeliest.push({ vocabulary: hash, at: told.map(({ top }) => top.map(({ id }) => id)) });
    }
    const text = { room: ROOM, place: 0 };
    return {
      'llama-perplexity': theirs,
      plain: await timed(() => ({})),
      'with 32 alternatives': await timed(() => ({ alternatives: 32 })),
      'and asked about the same 32': await timed((at) => ({ alternatives: 32, others: likeliest[at] })),
      'and asked about 32 others': await timed((at) => ({ alternatives: 32, others: likeliest[(at + 1) % 5] })),
      kept: await timed(() => ({ alternatives: 1, keep: text }), 1, KEPT_TOKENS),
      compared: await timed(() => ({ alternatives: 1, against: text }), 1, KEPT_TOKENS),
    };
  });
  console.log(`A vocabulary of ${vocabulary}, ${threads} thread, processor time in ms per token:`);
  console.table(
    Object.entries(rows).map(([what, ms]) => ({
      what,
      ms: rounded(ms),
      'of llama-perplexity': rounded(ms / theirs),
      'of a plain score': rounded(ms / rows.plain),
    })),
  );
}

async function memory(vocabulary, count) {
  const model = there(`vocabulary-${vocabulary}.gguf`);
  writeRandomModel(model.here, { vocabulary });
  const rows = await withEngine({ threads }, async (engine) => {
    await engine.load(model.here);
    const tokens = await engine.tokenize(model.here, words(count, 2, vocabulary), true);
    const start = engine.memory();
    const most = async (length, how) => {
      let highest = 0;
      const watch = setInterval(() => (highest = Math.max(highest, engine.memory())), 20);
      await engine.score(model.here, tokens.slice(0, length), { alternatives: 32, ...how });
      clearInterval(watch);
      const cacheMb = (length * CACHE_BYTES) / MB;
      return { tokens: length, 'MB more at most': rounded((highest - start) / MB), 'of it keys and values': rounded(cacheMb) };
    };
    return {
      plain: await most(count, {}),
      kept: await most(KEPT_TOKENS, { keep: { room: ROOM, place: 0 } }),
      compared: await most(KEPT_TOKENS, { against: { room: ROOM, place: 0 } }),
    };
  });
  console.log(`A vocabulary of ${vocabulary}, ${rounded((4 * vocabulary * 64) / MB + 100)} MB are allowed, keys and values among them:`);
  console.table(rows);
}

const tasks = { figures: bothFigures, small: () => costs(32_000), large: () => costs(151_936), memory: () => memory(151_936, 2_000) };
for (const [name, task] of Object.entries(tasks)) if (values.only === undefined || values.only === name) await task();
