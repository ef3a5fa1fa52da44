import { Stopwatch } from './stopwatch';

function setup() {
  let now = 1000;
  const watch = new Stopwatch(() => now);
  return { watch, after: (ms: number) => (now += ms) };
}

describe('Stopwatch', () => {
  it('measures the time to the first token and the speed after it', () => {
    const { watch, after } = setup();
    after(40);
    watch.tick();
    after(50);
    watch.tick();
    after(50);
    watch.tick();
    after(10);
    expect(watch.read()).toEqual({ queue_ms: 0, load_ms: 0, ttft_ms: 40, total_ms: 150, tokens_per_second: 20, source: 'measured' });
  });

  it('counts tokens, not pieces of text, where the model said how many there were', () => {
    const { watch, after } = setup();
    watch.tick();
    after(1000);
    watch.tick();
    const usage = { prompt_tokens: 1, completion_tokens: 11, total_tokens: 12 };
    expect(watch.read({ finishReason: 'stop', usage }).tokens_per_second).toBe(10);
  });

  it('says null, not zero, for what cannot be told', () => {
    const { watch } = setup();
    expect(watch.read()).toMatchObject({ ttft_ms: null, tokens_per_second: null });
  });

  it("prefers the model server's own figures and says so", () => {
    const { watch } = setup();
    expect(watch.read({ finishReason: 'stop', timings: { tokens_per_second: 99.96, queue_ms: 3 } })).toMatchObject({
      tokens_per_second: 100,
      queue_ms: 3,
      source: 'server',
    });
  });
});
