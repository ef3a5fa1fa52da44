import { sayTooLong } from './too-long';

describe('what is too long for a context', () => {
  it.each([
    ['prompt', "The prompt is 3014 tokens long, and this model's context holds 1024, the answer included. Shorten it."],
    ['text', "The text is 3014 tokens long with what stands before it, and this model's context holds 1024, the token behind it included. Shorten it."],
  ] as const)('is a %s with both of its figures', (what, sentence) => {
    expect(sayTooLong(what, 3014, 1024)).toBe(sentence);
  });
});
