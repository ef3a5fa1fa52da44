import {
  type EndFrame,
  isEndFrame,
  isPhaseFrame,
  isToolCallFrame,
  type PhaseFrame,
  type StreamFrame,
  type Timings,
  type TokenFrame,
  type ToolCallFrame,
} from './frame';

const TIMINGS: Timings = { queue_ms: 0, load_ms: 0, ttft_ms: 12, total_ms: 40, tokens_per_second: 50, source: 'measured' };

const QUEUED: PhaseFrame = { token: '', done: false, phase: 'queued', position: 1 };
const LOADING: PhaseFrame = { token: '', done: false, phase: 'loading', progress: 0.5 };
const THOUGHT: TokenFrame = { token: 'Hm.', done: false, reasoning: true };
const TEXT: TokenFrame = { token: 'Hello', done: false };
const EMPTY: TokenFrame = { token: '', done: false };
const CALL: ToolCallFrame = { token: '', done: false, tool_call: { index: 0, id: 'call_1', name: 'weather', arguments: '{}' } };
const END: EndFrame = { token: '', done: true, finish_reason: 'stop', timings: TIMINGS, seed: 7 };
const FAILED: EndFrame = { token: '', done: true, error: { code: 'upstream_idle', message: 'It fell silent.', retryable: true }, timings: TIMINGS, seed: 7 };

/** As a client reads a stream: every line is JSON, and what it is shows in it. */
function read(lines: readonly string[]) {
  const answer = { text: '', thoughts: '', phases: [] as string[], end: undefined as EndFrame | undefined };
  for (const frame of lines.map((line) => JSON.parse(line) as StreamFrame)) {
    if (isEndFrame(frame)) answer.end = frame;
    else if (isPhaseFrame(frame)) answer.phases.push(frame.phase);
    else if (isToolCallFrame(frame)) continue;
    else if (frame.reasoning) answer.thoughts += frame.token;
    else answer.text += frame.token;
  }
  return answer;
}

describe('a frame of a stream', () => {
  it.each([
    ['that waits', QUEUED, { phase: true, end: false }],
    ['that loads', LOADING, { phase: true, end: false }],
    ['of text', TEXT, { phase: false, end: false }],
    ['of thoughts', THOUGHT, { phase: false, end: false }],
    ['of a tool call', CALL, { phase: false, end: false }],
    ['of no text at all', EMPTY, { phase: false, end: false }],
    ['that ends well', END, { phase: false, end: true }],
    ['that ends with an error', FAILED, { phase: false, end: true }],
  ])('%s is told apart by its fields', (_, frame, { phase, end }) => {
    expect([isPhaseFrame(frame), isEndFrame(frame)]).toEqual([phase, end]);
  });

  it('always has a token, so that the simplest client can join them', () => {
    const frames: StreamFrame[] = [QUEUED, LOADING, THOUGHT, TEXT, EMPTY, CALL, END, FAILED];
    expect(frames.map(({ token }) => token).join('')).toBe('Hm.Hello');
  });

  it('makes an answer with those before and after it', () => {
    const lines = [QUEUED, LOADING, THOUGHT, TEXT, { token: ', you', done: false } as const, END].map((frame) => JSON.stringify(frame));
    expect(read(lines)).toEqual({ text: 'Hello, you', thoughts: 'Hm.', phases: ['queued', 'loading'], end: END });
  });

  it('keeps what came where the last one is an error', () => {
    const { text, end } = read([TEXT, FAILED].map((frame) => JSON.stringify(frame)));
    expect([text, end?.error?.code, end?.finish_reason]).toEqual(['Hello', 'upstream_idle', undefined]);
  });

  it('is of one kind alone', () => {
    for (const frame of [QUEUED, LOADING, THOUGHT, TEXT, EMPTY, CALL, END, FAILED] as StreamFrame[]) {
      const kinds = [isPhaseFrame(frame), isToolCallFrame(frame), isEndFrame(frame)].filter(Boolean);
      expect(kinds.length).toBe([THOUGHT, TEXT, EMPTY].includes(frame as TokenFrame) ? 0 : 1);
    }
  });

  it('is a tool call where it has one, and only before the end', () => {
    expect([CALL, TEXT, QUEUED, END, FAILED].map(isToolCallFrame)).toEqual([true, false, false, false, false]);
    expect(isToolCallFrame({ ...END, tool_call: CALL.tool_call } as StreamFrame)).toBe(false);
    expect(isPhaseFrame({ ...END, phase: 'queued' } as StreamFrame)).toBe(false);
  });

  it('holds a piece of a call, which the pieces of one index make whole', () => {
    const piece = (index: number, args: string): StreamFrame => ({ token: '', done: false, tool_call: { index, arguments: args } });
    const frames: readonly StreamFrame[] = [CALL, piece(1, '{"a"'), TEXT, piece(0, ' '), piece(1, ':1}'), END];
    const calls: string[] = [];
    for (const { tool_call } of frames.filter(isToolCallFrame)) calls[tool_call.index] = (calls[tool_call.index] ?? '') + tool_call.arguments;
    expect(calls).toEqual(['{} ', '{"a":1}']);
  });
});
