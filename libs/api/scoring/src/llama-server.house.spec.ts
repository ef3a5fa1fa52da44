import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetResolver } from '@tandem/api/catalogue';
import type { ScoringSource } from '@tandem/api/completion';
import { openInference, temporaryFolder } from '@tandem/api/inference/testing';
import { RemoteSource, UpstreamClient } from '@tandem/api/upstream';
import { closeAfterEach, describeWithLlamaServer, ggufBytes, noiseModel, patient, randomLlama, randomLora, startLlamaServer, STRING } from '@tandem/testing';
import { Scorers } from './scorers';
import { SeriesScoring } from './series-scoring';

const closing = closeAfterEach();
const TEXT = 'The river runs to the sea. Grüße 😀';
const LONG = [
  'Summer is the warmest season. A frog is green. The Eiffel Tower is in Paris, the capital of France.',
  'A rainbow is an arc of colours in the sky that appears when the sun shines through rain.',
  'A hospital is a place where doctors and nurses help sick people. A baby sheep is called a lamb.',
  'She cut the cake into small pieces and put a pot on the stove. They ate it hot, with a cup of juice.',
].join(' ');
const TEMPLATE = "{% for message in messages %}{{ message['content'] }}|{% endfor %}";
const MESSAGES = [{ role: 'user', content: 'What is Tandem?' }] as const;

const score = (source: ScoringSource, messages: readonly { role: 'user'; content: string }[], text = TEXT) =>
  source.score({ messages, text, alternatives: 3 }, () => undefined, patient());

/** `model`: in place of that which comes with Tandem. With weights of 8 bits two builds of llama.cpp round to different sides now and then. */
async function setup(protocol: 'auto' | 'openai-chat' = 'auto', model?: Buffer) {
  const server = await startLlamaServer({ flashAttention: 'off', ...(model === undefined ? {} : { own: { model } }) });
  closing(() => server.close());
  const client = new UpstreamClient();
  closing(() => client.destroy());
  const { scoring } = new RemoteSource({ url: server.url, protocol }, client);
  const { path, remove } = temporaryFolder();
  closing(remove);
  if (model !== undefined) writeFileSync(join(path, 'own.gguf'), model);
  const { runtime, close } = model === undefined ? openInference() : openInference(path);
  closing(close);
  return { scoring, local: runtime.scoringOf(model === undefined ? 'sft/tandem-tiny-chat.gguf' : 'own.gguf'), server };
}

describeWithLlamaServer("llama.cpp's own server", () => {
  it.each([
    ['a text alone', [], 'The river runs to the sea.', undefined],
    ['an answer that has parts of characters', MESSAGES, TEXT, ggufBytes(randomLlama([['tokenizer.chat_template', STRING, TEMPLATE]]))],
    ['parts of characters alone', [], 'Grüße 😀', undefined],
  ])('finds %s as likely as this machine does from the same file', async (_, messages, text, model) => {
    const { scoring, local } = await setup('auto', model);
    const [there, here] = [await score(scoring, messages, text), await score(local, messages, text)];
    expect(there).toMatchObject({ method: 'teacher_forcing', vocabulary: null });
    expect(there.parts.map(({ id, bytes }) => ({ id, bytes }))).toEqual(here.parts.map(({ id, bytes }) => ({ id, bytes })));
    for (const [index, { logprob, rank, top }] of there.parts.entries()) {
      expect(Math.abs((logprob ?? NaN) - (here.parts[index]?.logprob ?? NaN))).toBeLessThan(1e-4);
      expect([rank, top.map(({ id }) => id)]).toEqual([here.parts[index]?.rank, here.parts[index]?.top.map(({ id }) => id)]);
    }
  });

  // token by token only short ones agree: it reads one at a time, in another kernel, and where the last bit is rounded away differs
  it.each([
    ['in 8 bits', 2e-3, undefined],
    ['in 32-bit floats', 1e-4, ggufBytes(randomLlama([['tokenizer.chat_template', STRING, TEMPLATE]]))],
  ])('finds a long text as likely on the whole, %s', async (_, bound, model) => {
    const { scoring, local } = await setup('auto', model);
    const [there, here] = [await score(scoring, MESSAGES, LONG), await score(local, MESSAGES, LONG)];
    expect(there.parts.length).toBeGreaterThan(100);
    expect(there.parts.map(({ id }) => id)).toEqual(here.parts.map(({ id }) => id));
    const perplexity = ({ parts }: typeof there) => Math.exp(-parts.reduce((sum, { logprob }) => sum + (logprob ?? NaN), 0) / parts.length);
    expect(Math.abs(perplexity(there) / perplexity(here) - 1)).toBeLessThan(bound);
  });

  it('uses less and more of its adapter, as far from none of it as this machine finds the same files', async () => {
    const files = { model: noiseModel(), lora: ggufBytes(randomLora()) };
    const server = await startLlamaServer({ flashAttention: 'off', own: files });
    closing(() => server.close());
    const client = new UpstreamClient();
    closing(() => client.destroy());
    const there = new RemoteSource({ url: server.url, protocol: 'auto' }, client).scoring;
    const { path, remove } = temporaryFolder();
    closing(remove);
    writeFileSync(join(path, 'noise.gguf'), files.model);
    writeFileSync(join(path, 'lora.gguf'), files.lora);
    const { runtime, close } = openInference(path);
    closing(close);
    const here = runtime.scoringOf({ checkpoint: 'noise.gguf', adapter: { file: 'lora.gguf', scale: 1 } });
    const sources: Record<string, ScoringSource> = { there, here };
    const targets = { resolve: async (model: string) => ({ card: { id: model }, scoring: sources[model] }) };
    const along = async (model: string) => {
      const places = [0, 0.5, 1].map((adapter_scale) => ({ model, adapter_scale }));
      const asked = { baseline: { model, adapter_scale: 0 }, derivatives: places, texts: [{ text: 'It went on.' }] };
      return (await new SeriesScoring(new Scorers(targets as unknown as TargetResolver)).measure(asked, () => undefined, patient())).points;
    };
    const [remote, local] = [await along('there'), await along('here')];
    expect(remote[0]).toMatchObject({ adapter_scale: 0, comparable: true, same_top: 1, rms_delta_p: 0, kl: { mean: 0, kind: 'lower_bound' } });
    for (const [index, { rms_delta_p, kl }] of remote.entries()) {
      expect(rms_delta_p).toBeCloseTo(local[index]?.rms_delta_p ?? NaN, 5);
      expect(kl?.mean).toBeLessThanOrEqual((local[index]?.kl?.mean ?? NaN) + 1e-4);
    }
    expect(remote[2]?.rms_delta_p).toBeGreaterThan(remote[1]?.rms_delta_p ?? NaN);
  });

  it('is asked for less of an adapter only where it has one', async () => {
    const { scoring } = await setup();
    const asked = scoring.score({ messages: [], text: 'The sea.', alternatives: 1, adapterScale: 0.5 }, () => undefined, patient());
    await expect(asked).rejects.toMatchObject({ code: 'scoring_unsupported' });
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
