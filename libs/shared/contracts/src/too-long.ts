/**
 * What is said of a prompt, or of a text that is to be scored, which a local model's context does not hold: by the engine, and by
 * the server where it knows before. Both figures in tokens.
 */
export function sayTooLong(what: 'prompt' | 'text', tokens: number, contextLength: number): string {
  const [size, beside] =
    what === 'prompt' ? [`${tokens} tokens long`, 'the answer'] : [`${tokens} tokens long with what stands before it`, 'the token behind it'];
  return `The ${what} is ${size}, and this model's context holds ${contextLength}, ${beside} included. Shorten it.`;
}
