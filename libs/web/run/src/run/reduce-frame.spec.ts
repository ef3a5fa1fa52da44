import { type EndFrame, type StreamFrame } from '@tandem/shared/contracts';
import { CONNECTION_LOST } from '@tandem/web/data-access';
import { end, token } from '../testing/held-transport';
import { beginAnswer, endByFault, endByStop, reduceFrame, type RunningAnswer } from './reduce-frame';

const SENT_MS = 1_000;

/** Frames that arrive ten milliseconds apart, the first forty after the prompt was sent. */
function after(...frames: StreamFrame[]): RunningAnswer {
  return frames.reduce((answer, frame, n) => reduceFrame(answer, { frame, atMs: SENT_MS + 40 + 10 * n }), beginAnswer('a', 'prompt', SENT_MS));
}

describe('reduceFrame', () => {
  it.each([
    [
      { phase: 'queued', position: 2 },
      { kind: 'queued', position: 2 },
    ],
    [
      { phase: 'converting', progress: 0.4 },
      { kind: 'converting', progress: 0.4 },
    ],
    [{ phase: 'converting' }, { kind: 'converting' }],
    [
      { phase: 'loading', progress: 0.4 },
      { kind: 'loading', progress: 0.4 },
    ],
    [{ phase: 'prompt' }, { kind: 'prompt' }],
  ] as const)('shows what the run waits for: %j', (phase, state) => {
    expect(after({ token: '', done: false, ...phase }).state).toEqual(state);
  });

  it('joins the tokens to the text, whatever is in them', () => {
    expect(after(token('He'), token('llo \n'), token('🦙')).text).toBe('Hello \n🦙');
  });

  it('keeps thoughts apart from the answer', () => {
    const answer = after({ token: 'Hm.', done: false, reasoning: true }, token('Yes.'));
    expect(answer).toMatchObject({ thoughts: 'Hm.', text: 'Yes.', tokens: 2, state: { kind: 'streaming' } });
    expect(after({ token: 'Hm.', done: false, reasoning: true }).state.kind).toBe('thinking');
  });

  it('shows the tools that are called by their names and arguments', () => {
    const call = (index: number, piece: string, name?: string): StreamFrame => ({
      token: '',
      done: false,
      tool_call: { index, ...(name === undefined ? {} : { id: `c${index}`, name }), arguments: piece },
    });
    const frames = [token('Look:'), call(0, '{"city":', 'weather'), call(1, '{', 'time'), call(0, '"*Paris*"}'), call(1, '}'), token(' Done')];
    const calls = [
      { index: 0, name: 'weather', arguments: '{"city":"*Paris*"}' },
      { index: 1, name: 'time', arguments: '{}' },
    ];
    expect(after(...frames)).toMatchObject({ text: 'Look: Done', calls, tokens: 6, state: { kind: 'streaming' } });
    expect(after(...frames, end(9))).toMatchObject({ text: 'Look: Done', calls, tokens: 9 });
    const more = reduceFrame(beginAnswer('b', 'prompt', SENT_MS, { thoughts: '', text: '', calls }), { frame: call(0, '{"a":1}', 'again'), atMs: SENT_MS });
    expect(more.calls).toEqual([...calls, { index: 0, name: 'again', arguments: '{"a":1}' }]);
  });

  it('tells the time to the first token from when the prompt was sent', () => {
    expect(after(token('a'), token('b')).firstTokenMs).toBe(40);
  });

  it('tells a speed once there are tokens enough, counted from the first', () => {
    expect(after(token('a'), token('b')).tokensPerSecond).toBeNull();
    expect(after(...Array.from({ length: 11 }, () => token('a'))).tokensPerSecond).toBeCloseTo(100);
  });

  it('tells no speed of an answer that was held back and came all at once', () => {
    const timings = { queue_ms: 0, load_ms: 0, ttft_ms: 2_000, total_ms: 2_002, tokens_per_second: 52_250, source: 'measured' } as const;
    expect(after(token('a'), token('b'), { ...(end(64) as EndFrame), timings }).tokensPerSecond).toBeNull();
    expect(after(token('a'), token('b'), { ...(end(64) as EndFrame), timings: { ...timings, total_ms: 2_500 } }).tokensPerSecond).toBe(52_250);
  });

  it('takes count, speed and seed from the last frame, where the server knows them better', () => {
    expect(after(token('a'), token('b'), end(64))).toMatchObject({ state: { kind: 'done', reason: 'stop' }, tokens: 64, tokensPerSecond: 50, seed: 7 });
  });

  it('keeps what the model read and made', () => {
    expect(after(token('a'), end(3)).usage).toEqual({ prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 });
  });

  it('goes on from what is there of the answer', () => {
    const begun = beginAnswer('1', 'Hi', 0, { thoughts: 'Hm.', text: 'Half ' });
    const answer = reduceFrame(begun, { frame: token('a word'), atMs: 40 });
    expect(answer).toMatchObject({ thoughts: 'Hm.', text: 'Half a word', tokens: 1 });
  });

  it('keeps its own count when the server gives no usage', () => {
    const { usage: _, ...bare } = end() as EndFrame;
    expect(after(token('a'), bare).tokens).toBe(1);
  });

  it('names parameters that the model server ignored', () => {
    expect(after({ ...(end() as EndFrame), ignored_parameters: ['top_k'] }).ignored).toEqual(['top_k']);
  });

  it('shows a cancelled answer as stopped', () => {
    expect(after({ ...(end() as EndFrame), finish_reason: 'cancelled' }).state.kind).toBe('stopped');
  });

  describe('when the last frame carries an error', () => {
    it('fails and keeps the text', () => {
      const error = { code: 'upstream_incomplete', message: 'It broke off.', retryable: true } as const;
      const answer = after(token('Hel'), { ...(end() as EndFrame), error });
      expect(answer).toMatchObject({ text: 'Hel', state: { kind: 'failed', fault: error } });
    });
  });

  describe('when the answer has ended', () => {
    it.each([
      ['another token', (answer: RunningAnswer) => reduceFrame(answer, { frame: token('x'), atMs: 9_999 })],
      ['a stop', endByStop],
      ['a fault', (answer: RunningAnswer) => endByFault(answer, CONNECTION_LOST)],
    ])('is not changed by %s', (_, change) => {
      const answer = after(token('a'), end());
      expect(change(answer)).toBe(answer);
    });
  });

  it('does not go back to waiting once text came', () => {
    expect(after(token('a'), { token: '', done: false, phase: 'prompt' }).state.kind).toBe('streaming');
  });
});
