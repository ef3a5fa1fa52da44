import type { CompletionSource } from '@tandem/api/completion';
import { patient } from '@tandem/testing';
import { readEcho } from './echoed-text';

/** A server that tells a prompt again in these tokens. */
const echoing = (text: string, tokens: readonly string[]): CompletionSource => ({
  complete: async (_, sink) => {
    sink.text(text);
    sink.logprobs?.(tokens.map((token) => ({ token, logprob: -1, bytes: null, top_logprobs: [] })));
    return { finishReason: 'length' };
  },
});

const read = (text: string, tokens: readonly string[]) => readEcho(echoing(text, tokens), { messages: [], text, alternatives: 0 }, 'localhost:8000', patient());

describe('a text that is told again', () => {
  it('has each token at its bytes', async () => {
    expect((await read('a 😀', ['a', 'bytes:\\x20\\xf0\\x9f', 'bytes:\\x98\\x80'])).map(({ bytes }) => bytes)).toEqual([
      [97],
      [0x20, 0xf0, 0x9f],
      [0x98, 0x80],
    ]);
  });

  it.each([
    ['parts of a character are empty before the whole of it', 'a😀', ['a', '', '😀']],
    ['its tokens spell another text', 'a 😀', ['a', '😀']],
  ])('is not believed where %s', async (_, text, tokens) => {
    await expect(read(text, tokens)).rejects.toMatchObject({ code: 'scoring_unsupported' });
  });
});
