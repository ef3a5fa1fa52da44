import { EventEmitter } from 'node:events';
import { Run } from '@tandem/api/completion';
import type { ModelCard } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { wholeAnswer } from './whole-answer';

describe('wholeAnswer', () => {
  it('takes a frame with more tokens than a call takes arguments', async () => {
    const tokens = Array.from({ length: 90_000 }, () => ({ token: '', logprob: -1, bytes: null, top_logprobs: [] }));
    const source = {
      complete: async (...[, sink]: Parameters<ConstructorParameters<typeof Run>[0]['source']['complete']>) => {
        for (let n = 0; n < 2; n++) sink.logprobs?.(tokens);
        sink.text('a');
        return { finishReason: 'stop' } as const;
      },
    };
    const run = new Run({ card: { id: 'm' } as ModelCard, defaults: {}, source }, { messages: [{ role: 'user', content: 'Hi' }], parameters: {} });
    const response = Object.assign(new EventEmitter(), { destroyed: false });
    const answer = await wholeAnswer(run, response as unknown as Response);
    expect([answer?.content, answer?.tokens.length]).toEqual(['a', 180_000]);
  });
});
