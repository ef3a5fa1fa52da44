import { Fault } from '@tandem/api/faults';
import { startOpenAi } from './testing/start-openai';

interface Answer {
  readonly system_fingerprint: string;
  readonly choices: readonly {
    readonly index: number;
    readonly message?: { readonly content: string };
    readonly delta?: { readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: object;
}

async function eventsOf(response: Response): Promise<string[]> {
  return [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
}

describe('the choices of an answer', () => {
  it('are as many as were asked for, each with its index and another seed', async () => {
    const { chat, seen } = await startOpenAi();
    const answer = (await (await chat({ n: 3, seed: 7 })).json()) as Answer;
    expect(answer.choices.map(({ index, message }) => `${index}:${message?.content}`)).toEqual(['0:Hi', '1:Hi', '2:Hi']);
    expect(seen.map(({ parameters }) => parameters.seed)).toEqual([7, 8, 9]);
    expect(answer.usage).toEqual({ prompt_tokens: 9, completion_tokens: 6, total_tokens: 15, prompt_tokens_details: { cached_tokens: 3 } });
  });

  it('come in one stream, which ends once, with all that they took', async () => {
    const { chat } = await startOpenAi();
    const events = await eventsOf(await chat({ n: 2, stream: true, stream_options: { include_usage: true } }));
    expect(events.filter((data) => data === '[DONE]')).toHaveLength(1);
    expect(events.at(-1)).toBe('[DONE]');
    const chunks = events.slice(0, -1).map((data) => JSON.parse(data) as Answer);
    const texts = [0, 1].map((wanted) =>
      chunks
        .flatMap(({ choices }) => choices.filter(({ index }) => index === wanted))
        .map(({ delta }) => delta?.content ?? '')
        .join(''),
    );
    expect(texts).toEqual(['Hi', 'Hi']);
    expect(chunks.at(-1)?.usage).toMatchObject({ total_tokens: 10, prompt_tokens_details: { cached_tokens: 2 } });
    expect(new Set(chunks.map((chunk) => chunk.system_fingerprint)).size).toBe(1);
  });

  it('fail together: what is told of one that fails later is an error, and no end', async () => {
    let asked = 0;
    const { chat } = await startOpenAi({
      complete: async (_, sink) => {
        if (++asked === 2) throw new Fault('upstream_error', 'It broke.', { retryable: true });
        sink.text('a');
        return { finishReason: 'stop' };
      },
    });
    const events = await eventsOf(await chat({ n: 3, stream: true }));
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ error: { code: 'upstream_error' } });
    asked = 0;
    expect((await chat({ n: 3 })).status).toBe(502);
  });

  it('say no usage where the model said none of one', async () => {
    let asked = 0;
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const { chat } = await startOpenAi({
      complete: async (_, sink) => {
        sink.text('a');
        return { finishReason: 'stop', ...(++asked === 1 ? { usage } : {}) };
      },
    });
    expect(await (await chat({ n: 2 })).json()).not.toHaveProperty('usage');
  });

  it('never say `stop` for a reason that nobody knows', async () => {
    const { chat } = await startOpenAi({
      complete: async (_, sink) => {
        sink.text('a');
        return { finishReason: 'other' };
      },
    });
    expect(((await (await chat({})).json()) as Answer).choices[0]?.finish_reason).toBe('other');
  });
});
