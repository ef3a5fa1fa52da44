import { createParser } from 'eventsource-parser';

const PAIR = ['tandem-tiny-base', 'tandem-tiny-chat'];
const ROUNDS = 5;

/** One answer: milliseconds to its first token as the client sees it, and tokens per second after it. */
async function ask(origin, model) {
  const start = performance.now();
  let firstMs;
  let end;
  const parser = createParser({
    onEvent: ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.token && firstMs === undefined) firstMs = performance.now() - start;
      if (frame.done) end = frame;
    },
  });
  const response = await fetch(`${origin}/stream`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model, prompt: 'How do I add a model?', max_tokens: 200, temperature: 0.7, seed: 1 }),
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }));
  if (!end || end.error) throw new Error(`${model}: ${end?.error?.message ?? 'no end frame'}`);
  const seconds = (performance.now() - start - firstMs) / 1000;
  return { firstMs, tokens: end.usage.completion_tokens, tokensPerSecond: (end.usage.completion_tokens - 1) / seconds };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const rounded = (value) => Math.round(value * 10) / 10;

/** Medians over the rounds, both models asked in the same moment; the first round also loads them and is shown apart. */
export async function measurePair(origin) {
  // a browser that shows the page has talked to the server before: this process's own first fetch is not part of the answer
  await (await fetch(`${origin}/api/models`)).text();
  const cold = await Promise.all(PAIR.map((model) => ask(origin, model)));
  const warm = [];
  for (let round = 0; round < ROUNDS; round += 1) warm.push(await Promise.all(PAIR.map((model) => ask(origin, model))));
  return PAIR.map((model, index) => ({
    model,
    'first token, model not loaded (ms)': rounded(cold[index].firstMs),
    'first token (ms)': rounded(median(warm.map((round) => round[index].firstMs))),
    'tokens/s': rounded(median(warm.map((round) => round[index].tokensPerSecond))),
    tokens: median(warm.map((round) => round[index].tokens)),
  }));
}
