const answer = (model, text) => ({
  model,
  identity: { model: `${model}.gguf` },
  text,
  thoughts: null,
  finish_reason: 'stop',
  error: null,
  usage: { prompt_tokens: 12, completion_tokens: 300, total_tokens: 312 },
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 41.2, total_ms: 1305, tokens_per_second: 230, source: 'server' },
  seed: 7,
  ignored_parameters: [],
});

/** Two answers of a page each to one prompt, as the page sends them. */
export function comparison(number) {
  const text = `Answer ${number}. `.repeat(150);
  return {
    title: `Comparison ${number}`,
    note: '',
    baseline: 'one',
    derivative: 'other',
    parameters: { baseline: { temperature: 0 }, derivative: { temperature: 0 } },
    turns: [{ prompt: `What about ${number}?`, baseline: answer('one', text), derivative: answer('other', text) }],
  };
}
