import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { closeAfterEach } from '@tandem/testing';
import type { EngineAnswer, EngineCall, EngineProgress, FromEngine, ToEngine } from './messages';

type Sample<M extends { readonly type: string }> = { readonly [T in M['type']]: Extract<M, { readonly type: T }> };

const at = { model: 'sft/tiny.gguf', paths: ['/checkpoints/sft/tiny.gguf'] };
const messages = [{ role: 'user', content: 'Grüße, 語\u{1f600}\n\u0000' }] as const;

const KEPT = { adapterScale: 0.5, keep: { buffer: 'a', place: 1 }, against: { buffer: 'a', place: 0 } };

/** One of each: a kind of message that is new must be added here. */
const CALLS: Sample<EngineCall> = {
  inspect: { type: 'inspect', paths: at.paths },
  recognise: { type: 'recognise', path: '/checkpoints/sft/best.pt', root: '/checkpoints', convertedType: 'f16' },
  check: { type: 'check', format: { type: 'json_object' }, tools: { definitions: [{ name: 'f' }], isParallel: false, forced: ['f'] } },
  load: { type: 'load', ...at, adapter: { path: '/checkpoints/lora.gguf', scale: 0.5 }, isNew: true },
  measure: { type: 'measure', ...at, messages },
  tokenize: { type: 'tokenize', ...at, messages, isRaw: true, isBare: true },
  detokenize: { type: 'detokenize', ...at, tokens: [1, 2, 3] },
  vocabulary: { type: 'vocabulary', ...at },
  forget: { type: 'forget', conversation: null, owner: '127.0.0.1' },
  unload: { type: 'unload', model: at.model },
  generate: {
    type: 'generate',
    model: at.model,
    messages,
    parameters: { ...DEFAULT_PARAMETERS, seed: Number.MAX_SAFE_INTEGER },
    penalties: { presence: 0, frequency: -2 },
    format: { type: 'json_schema', schema: { enum: ['yes', 'no'] } },
  },
  score: { type: 'score', model: at.model, messages, text: [1, 2], alternatives: 5, others: { vocabulary: 'ab12', at: [[3], [3, 4]] }, ...KEPT },
  drop: { type: 'drop', buffer: 'a' },
};

const piece = { id: 7, bytes: [0, 255], logprob: -0.1 };

const ANSWERS: Omit<Sample<EngineAnswer>, 'facts' | 'recognised'> = {
  loaded: { type: 'loaded', memoryBytes: 2 ** 40, weightBytes: 2 ** 39, contextLength: 1024, sequences: 4 },
  checked: { type: 'checked' },
  unloaded: { type: 'unloaded' },
  measured: { type: 'measured', promptTokens: 3, contextLength: 1024 },
  forgotten: { type: 'forgotten' },
  end: {
    type: 'end',
    finishReason: 'stop',
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
    cachedTokens: 2,
    queueMs: 0.25,
    tokensPerSecond: null,
  },
  tokenized: { type: 'tokenized', tokens: [1], pieces: ['<s>'] },
  detokenized: { type: 'detokenized', text: '</s>' },
  vocabulary: {
    type: 'vocabulary',
    vocabulary: { size: 512, hash: 'c0ffee', kind: 'gpt2', bos: '<s>', eos: null, addsBos: true, chatTemplate: null },
  },
  scored: { type: 'scored', tokens: 2, logLikelihood: -12.5, vocabulary: 'ab12', isKept: true },
  dropped: { type: 'dropped' },
  fault: { type: 'fault', fault: { code: 'model_invalid', message: 'It ends too early.', retryable: false, param: 'tools', isSecurityEvent: true } },
};

const STEPS: Sample<EngineProgress> = {
  loading: { type: 'loading', progress: 0.42 },
  queued: { type: 'queued', position: 1 },
  prompt: { type: 'prompt', tokens: 3 },
  scores: { type: 'scores', tokens: [{ id: 7, bytes: [97], logprob: null, rank: null, top: [piece], kl: 0.25 }], progress: 1 },
  text: { type: 'text', text: 'Hm.', reasoning: true },
  call: { type: 'call', index: 0, callId: 'call_1', name: 'weather', arguments: '{"city":"Bern"}' },
  logprobs: { type: 'logprobs', tokens: [{ token: 'a', logprob: -0.1, bytes: [97], top_logprobs: [{ token: '\ufffd', logprob: -3, bytes: [240] }] }] },
};

const closeLater = closeAfterEach();

/** Sends messages to a process of its own, the way the engine is sent them, and gives what comes back from there. */
async function thereAndBack(sent: readonly object[]): Promise<readonly unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-engine-'));
  closeLater(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'echo.js'), 'process.once("message", (batch) => process.send(batch));');
  const child = fork(join(folder, 'echo.js'), { execArgv: [] });
  closeLater(() => void child.kill());
  child.send(sent);
  const [back] = (await once(child, 'message')) as [readonly unknown[]];
  return back;
}

describe('what the server and its engine say to each other', () => {
  it('arrives as it was sent: every call, and what stops one', async () => {
    const calls = Object.values(CALLS).map((call: EngineCall, id): ToEngine => ({ ...call, id }));
    const sent: ToEngine[] = [...calls, { type: 'cancel', id: 3 }, { type: 'shutdown' }];
    expect(await thereAndBack(sent)).toStrictEqual(sent);
  });

  it('arrives as it was sent: every step, every answer, and that the engine is there', async () => {
    const said = [...Object.values(STEPS), ...Object.values(ANSWERS)] as (EngineProgress | EngineAnswer)[];
    const sent: FromEngine[] = [{ type: 'ready', threads: 2, backend: 'cpu' }, { type: 'alive' }, ...said.map((message, id) => ({ ...message, id }))];
    expect(await thereAndBack(sent)).toStrictEqual(sent);
  });

  it('is told apart by its type: a step never looks like what ends its call', () => {
    const ends = Object.keys(ANSWERS);
    expect(Object.keys(STEPS).filter((step) => ends.includes(step))).toEqual([]);
  });
});
