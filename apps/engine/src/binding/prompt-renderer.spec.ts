import { plainText } from './prompt-renderer';

describe('plainText', () => {
  it('sets what a person says apart, and lets an answer go on where the text before it ended', () => {
    const messages = [
      { role: 'system', content: 'A tale.' },
      { role: 'user', content: 'Once upon' },
      { role: 'assistant', content: ' a time.' },
      { role: 'user', content: 'Then' },
    ] as const;
    expect(plainText(messages)).toBe('A tale.\n\nOnce upon a time.\n\nThen');
  });

  it('ends with an answer that is to be continued', () => {
    expect(
      plainText([
        { role: 'user', content: 'One, two' },
        { role: 'assistant', content: ', three' },
      ]),
    ).toBe('One, two, three');
  });
});
