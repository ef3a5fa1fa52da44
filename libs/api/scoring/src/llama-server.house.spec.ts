import type { ScoringSource } from '@tandem/api/completion';
import { openInference } from '@tandem/api/inference/testing';
import { RemoteSource, UpstreamClient } from '@tandem/api/upstream';
import { closeAfterEach, describeWithLlamaServer, startLlamaServer } from '@tandem/testing';

const closing = closeAfterEach();
const TEXT = 'The river runs to the sea. Grüße 😀';
const MESSAGES = [{ role: 'user', content: 'What is Tandem?' }] as const;

const score = (source: ScoringSource, messages: readonly { role: 'user'; content: string }[], text = TEXT) =>
  source.score({ messages, text, alternatives: 3 }, () => undefined, AbortSignal.timeout(60_000));

async function setup(protocol: 'auto' | 'openai-chat' = 'auto') {
  const server = await startLlamaServer({ flashAttention: 'off' });
  closing(() => server.close());
  const client = new UpstreamClient();
  closing(() => client.destroy());
  const { scoring } = new RemoteSource({ url: server.url, protocol }, client);
  const { runtime, close } = openInference();
  closing(close);
  return { scoring, local: runtime.scoringOf('sft/tandem-tiny-chat.gguf'), server };
}

describeWithLlamaServer("llama.cpp's own server", () => {
  it.each([
    ['a text alone', [], 'The river runs to the sea.'],
    ['an answer that has parts of characters', MESSAGES, TEXT],
    ['parts of characters alone', [], 'Grüße 😀'],
  ])('finds %s as likely as this machine does from the same file', async (_, messages, text) => {
    const { scoring, local } = await setup();
    const [there, here] = [await score(scoring, messages, text), await score(local, messages, text)];
    expect(there).toMatchObject({ method: 'teacher_forcing', vocabulary: null });
    expect(there.parts.map(({ id, bytes }) => ({ id, bytes }))).toEqual(here.parts.map(({ id, bytes }) => ({ id, bytes })));
    for (const [index, { logprob, rank, top }] of there.parts.entries()) {
      expect(Math.abs((logprob ?? NaN) - (here.parts[index]?.logprob ?? NaN))).toBeLessThan(1e-4);
      expect([rank, top.map(({ id }) => id)]).toEqual([here.parts[index]?.rank, here.parts[index]?.top.map(({ id }) => id)]);
    }
  });

  it('is not believed where it takes a request to echo and generates', async () => {
    const { scoring } = await setup('openai-chat');
    expect(scoring.ability).toBe('unknown');
    await score(scoring, []);
    expect(scoring.ability).toBe('teacher_forcing');
  });

  it('is asked once a token, and so not for long texts', async () => {
    const { scoring } = await setup();
    await expect(score(scoring, [], 'word '.repeat(600))).rejects.toMatchObject({ code: 'context_length_exceeded', param: 'text' });
    await expect(score(scoring, [], 'x'.repeat(20_000))).rejects.toMatchObject({ code: 'context_length_exceeded', param: 'text' });
  });

  it('works no longer for who left', async () => {
    const { scoring, server } = await setup();
    const leaving = new AbortController();
    const scored = scoring.score({ messages: [], text: 'The sea. '.repeat(40), alternatives: 0 }, () => leaving.abort(), leaving.signal);
    await expect(scored).rejects.toBeDefined();
    await server.untilIdle();
  });
});
