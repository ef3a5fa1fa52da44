import { spelled } from '@tandem/api/completion';
import type { TokenLogprob } from '@tandem/shared/contracts';
import { CHAT, choice, TEXT } from './answer-shape';
import { JoinedCalls } from './joined-calls';
import { TextPlaces } from './text-places';

const bytesOf = (text: string) => [...new TextEncoder().encode(text)];
const told = (token: string, logprob: number, bytes: readonly number[] | null = bytesOf(token), top: TokenLogprob['top_logprobs'] = []): TokenLogprob => ({
  token,
  logprob,
  bytes: bytes as number[] | null,
  top_logprobs: top,
});
const call = { id: 'c', name: 'f', arguments: '{}' };

describe('the answer of a chat', () => {
  it.each([
    ['text', '', [], { role: 'assistant', content: 'So', refusal: null }],
    ['thoughts in a field of their own', 'Hm', [], { role: 'assistant', content: 'So', refusal: null, reasoning_content: 'Hm' }],
    [
      'calls',
      '',
      [call],
      { role: 'assistant', content: 'So', refusal: null, tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }] },
    ],
  ])('has %s', (_, reasoning, calls, message) => expect(CHAT.whole('So', reasoning, calls)).toEqual({ message }));

  it('has no content where it is calls alone, and an empty one where it is nothing', () => {
    expect(CHAT.whole('', '', [call])).toMatchObject({ message: { content: null } });
    expect(CHAT.whole('', '', [])).toMatchObject({ message: { content: '' } });
  });

  it('says id, type and name of a call in its first piece alone', () => {
    expect(CHAT.call({ index: 0, ...call })).toEqual({
      delta: { tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }] },
    });
    expect(CHAT.call({ index: 0, arguments: '}' })).toEqual({ delta: { tool_calls: [{ index: 0, function: { arguments: '}' } }] } });
  });

  it('tells thoughts from text', () => {
    expect([CHAT.delta({ token: 'a' } as never), CHAT.delta({ token: 'a', reasoning: true } as never)]).toEqual([
      { delta: { content: 'a' } },
      { delta: { reasoning_content: 'a' } },
    ]);
  });

  it('tells tokens as the contract has them', () => {
    const tokens = [told('a', -1)];
    expect(CHAT.logprobs(tokens, new TextPlaces())).toEqual({ content: tokens, refusal: null });
  });
});

describe('the answer of a completion', () => {
  it('is text, and neither thoughts nor calls', () => {
    expect(TEXT.whole('So', 'Hm', [call])).toEqual({ text: 'So' });
    expect([TEXT.delta({ token: 'a' } as never), TEXT.delta({ token: 'a', reasoning: true } as never), TEXT.call({ index: 0, arguments: '' })]).toEqual([
      { text: 'a' },
      undefined,
      undefined,
    ]);
  });

  it('tells tokens in a list for each thing, the token itself among the likeliest', () => {
    const top = [told('b', -0.5), told('b', -3), told('c', -4)];
    expect(TEXT.logprobs([told('a', -1, bytesOf('a'), top), told('d', -2)], new TextPlaces())).toEqual({
      tokens: ['a', 'd'],
      token_logprobs: [-1, -2],
      top_logprobs: [{ b: -0.5, c: -4, a: -1 }, { d: -2 }],
      text_offset: [0, 1],
    });
  });

  it('knows nothing of the first token of a prompt', () => {
    expect(TEXT.logprobs([{ ...told('a', 0), logprob: null }], new TextPlaces())).toMatchObject({ token_logprobs: [null], top_logprobs: [null] });
  });
});

describe('places in a text', () => {
  it('counts characters that are spread over tokens once, where they end', () => {
    const places = new TextPlaces();
    const [one, two] = [bytesOf('🦙').slice(0, 2), bytesOf('🦙').slice(2)];
    expect([told('a', 0), told('', 0, one), told('', 0, two), told('b', 0), told('c', 0, null)].map((token) => places.next(token))).toEqual([0, 1, 1, 3, 4]);
  });

  it.each([
    ['a word', bytesOf('ß'), 'ß'],
    ['a byte order mark', [0xef, 0xbb, 0xbf], '\ufeff'],
    ['part of a character', [0xf0, 0x9f], 'bytes:\\xf0\\x9f'],
    ['a byte below 16 among others', [0xff, 0x0a], 'bytes:\\xff\\x0a'],
    ['nothing', [], ''],
  ])('spells %s', (_, bytes, text) => expect(spelled(bytes)).toBe(text));
});

describe('what choices have besides', () => {
  it('is their place, reason and likelihoods', () => {
    expect(choice(1, { text: 'a' }, { reason: 'length', logprobs: null })).toEqual({ index: 1, text: 'a', logprobs: null, finish_reason: 'length' });
  });
});

describe('JoinedCalls', () => {
  it('puts pieces together by their numbers, in the order in which the calls began', () => {
    const calls = new JoinedCalls();
    calls.add({ index: 1, id: 'b', name: 'g', arguments: '{' });
    calls.add({ index: 0, id: 'a', name: 'f', arguments: '' });
    expect(calls.add({ index: 1, arguments: '}' })).toEqual({ id: 'b', name: 'g', arguments: '{}' });
    expect(calls.list).toEqual([
      { id: 'b', name: 'g', arguments: '{}' },
      { id: 'a', name: 'f', arguments: '' },
    ]);
  });
});
