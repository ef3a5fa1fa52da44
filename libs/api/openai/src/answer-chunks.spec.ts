import { type CompletionSource, Run } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { ModelCard } from '@tandem/shared/contracts';
import { AnswerChunks, type ChunkFrame } from './answer-chunks';
import { CHAT, TEXT } from './answer-shape';
import { Tally } from './tally';

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const CHAT_FRAME: ChunkFrame = { shape: CHAT, base: { id: 'x' }, wantsUsage: false };

/** A run that has ended, and what it is on the wire. */
async function said(complete: CompletionSource['complete'], frame: ChunkFrame, place?: { readonly index: number; readonly isLast: boolean }) {
  const run = new Run({ card: { id: 'm' } as ModelCard, defaults: {}, source: { complete } }, { messages: [{ role: 'user', content: 'Hi' }], parameters: {} });
  run.watch(() => undefined);
  await run.ended;
  const chunks = new AnswerChunks(run, frame, place);
  const text = chunks.opening + Array.from({ length: run.frames }, (_, index) => chunks.textOf(index + 1)).join('');
  const events = [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json ?? '') as { choices?: object[]; usage?: unknown; error?: object });
  return { text, events };
}

const thinker: CompletionSource['complete'] = async (_, sink) => {
  sink.phase('loading', { progress: 0.5 });
  sink.text('Hm', true);
  sink.text('So');
  return { finishReason: 'stop', usage, cachedTokens: 1 };
};

describe('AnswerChunks', () => {
  it('are a role, thoughts, text and an end, with comments for what is waited for', async () => {
    const { text, events } = await said(thinker, CHAT_FRAME);
    expect(text).toMatch(/^: loading$/m);
    expect(text.endsWith('\n\ndata: [DONE]\n\n')).toBe(true);
    expect(events.flatMap(({ choices }) => choices)).toEqual([
      { index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null },
      { index: 0, delta: { reasoning_content: 'Hm' }, logprobs: null, finish_reason: null },
      { index: 0, delta: { content: 'So' }, logprobs: null, finish_reason: null },
      { index: 0, delta: {}, logprobs: null, finish_reason: 'stop' },
    ]);
    expect(events[0]).toMatchObject({ id: 'x', object: 'chat.completion.chunk' });
    expect(events.some((event) => 'usage' in event)).toBe(false);
  });

  it('leave out what a completion has no field for', async () => {
    const { events } = await said(thinker, { ...CHAT_FRAME, shape: TEXT });
    expect(events.flatMap(({ choices }) => choices)).toMatchObject([{ text: 'So' }, { text: '', finish_reason: 'stop' }]);
  });

  it('tell what all choices took, once, where that is asked for', async () => {
    const frame = { ...CHAT_FRAME, wantsUsage: true, tally: new Tally() };
    const first = await said(thinker, frame, { index: 0, isLast: false });
    expect([first.text.includes('[DONE]'), first.events.every((event) => event.usage === null)]).toEqual([false, true]);
    const last = await said(thinker, frame, { index: 1, isLast: true });
    expect(last.events.at(-1)).toEqual({
      id: 'x',
      object: 'chat.completion.chunk',
      choices: [],
      usage: { prompt_tokens: 6, completion_tokens: 4, total_tokens: 10, prompt_tokens_details: { cached_tokens: 2 } },
    });
    expect(last.events[0]?.choices).toMatchObject([{ index: 1 }]);
  });

  it('tell nothing of what it took where the model did not say', async () => {
    const { events } = await said(async (_, sink) => (sink.text('a'), { finishReason: 'length' }), { ...CHAT_FRAME, wantsUsage: true });
    expect(events.every((event) => event.usage === null)).toBe(true);
    expect(events.at(-1)?.choices).toMatchObject([{ finish_reason: 'length' }]);
  });

  it('end with an error where the answer broke off, and without [DONE]', async () => {
    const broken: CompletionSource['complete'] = async (_, sink) => {
      sink.text('a');
      throw new Fault('upstream_incomplete', 'It broke off.');
    };
    const { text, events } = await said(broken, CHAT_FRAME);
    expect([text.includes('[DONE]'), events.at(-1)]).toEqual([false, { error: expect.objectContaining({ code: 'upstream_incomplete' }) }]);
  });
});
