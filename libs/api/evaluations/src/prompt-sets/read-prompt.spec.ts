import { readPrompt } from './read-prompt';

const LINE = 3;
const read = (value: unknown) => readPrompt({ line: LINE, value });
const message = (role: unknown, content: unknown) => ({ role, content });

describe('readPrompt', () => {
  it.each<object>([
    { prompt: 'Hello' },
    { prompt: ' kept as it is \n' },
    { prompt: 'a'.repeat(1_000_000) },
    { id: 'a'.repeat(200), prompt: 'x' },
    { id: 'Frage 1: ä/ö?', prompt: 'x' },
    { messages: [message('user', 'Hello')] },
    { messages: [message('system', 'Be brief.'), message('user', 'Hi'), message('assistant', ''), message('user', 'Well?')] },
    { prompt: 'x', system: 'Be brief.', reference: 'y', tags: [] },
    { prompt: 'x', tags: Array.from({ length: 32 }, (_, n) => `tag ${n}`) },
    { prompt: 'x', reference: 'y', check: [{ type: 'exact' }] },
  ])('takes a prompt as it is', (prompt) => {
    expect(read(prompt)).toEqual(prompt);
  });

  it('takes one check for a list of one, and null for nothing said', () => {
    expect(read({ prompt: 'x', check: { type: 'json' }, id: null, messages: null, system: null, tags: null })).toEqual({
      prompt: 'x',
      check: [{ type: 'json' }],
    });
  });

  it.each<[string, unknown, string | undefined]>([
    ['a text', 'x', undefined],
    ['a list', [], undefined],
    ['null', null, undefined],
    ['nothing in it', {}, 'prompt'],
    ['prompt and messages', { prompt: 'x', messages: [message('user', 'x')] }, 'prompt'],
    ['a prompt of null alone', { prompt: null }, 'prompt'],
    ['a prompt that is no text', { prompt: ['x'] }, 'prompt'],
    ['a prompt that is too long', { prompt: 'a'.repeat(1_000_001) }, 'prompt'],
    ['a field that is not known', { prompt: 'x', expected: 'y' }, 'expected'],
    ['a field that is not known, of null', { prompt: 'x', expected: null }, 'expected'],
    ['a field with a long name', { prompt: 'x', ['n'.repeat(500)]: 1 }, 'n'.repeat(100)],
    ['a blank id', { prompt: 'x', id: ' ' }, 'id'],
    ['an id that is too long', { prompt: 'x', id: 'a'.repeat(201) }, 'id'],
    ['a blank reference', { prompt: 'x', reference: '' }, 'reference'],
    ['a system that is no text', { prompt: 'x', system: 7 }, 'system'],
    ['NUL in a system', { prompt: 'x', system: 'a\0' }, 'system'],
    ['messages that are none', { messages: [] }, 'messages'],
    ['messages that are no list', { messages: 'x' }, 'messages'],
    ['too many messages', { messages: Array(1_001).fill(message('user', 'x')) }, 'messages'],
    ['a message that is a text', { messages: ['x'] }, 'messages[0].role'],
    ['a message of another role', { messages: [message('user', 'x'), message('tool', 'x')] }, 'messages[1].role'],
    ['a message without content', { messages: [{ role: 'user' }] }, 'messages[0].content'],
    ['a message of nothing', { messages: [message('user', '')] }, 'messages[0].content'],
    ['a message of parts', { messages: [message('user', [{ type: 'text', text: 'x' }])] }, 'messages[0].content'],
    ['a message with more in it', { messages: [{ ...message('user', 'x'), name: 'me' }] }, 'messages[0].name'],
    ['a tag that is no text', { prompt: 'x', tags: ['a', 7] }, 'tags[1]'],
    ['a blank tag', { prompt: 'x', tags: [''] }, 'tags[0]'],
    ['a tag that is too long', { prompt: 'x', tags: ['a'.repeat(101)] }, 'tags[0]'],
    ['too many tags', { prompt: 'x', tags: Array(33).fill('a') }, 'tags'],
    ['a check that is wrong', { prompt: 'x', check: [{ type: 'exact' }] }, 'check[0].value'],
  ])('refuses %s, with line and field', (_, value, field) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({ status: 400, param: field, place: expect.objectContaining(field === undefined ? { line: LINE } : { line: LINE, field }) }),
    );
  });

  it('says where it is, what is wrong, and what is taken', () => {
    expect(() => read({ prompt: 'x', promt: 'y' })).toThrow(
      'Line 3, promt: is not known here; there are id, prompt, messages, system, reference, tags, check.',
    );
    expect(() => read({ prompt: 'x', id: 'a'.repeat(300) })).toThrow('Line 3, id: is 300 characters long; at most 200 are allowed.');
  });
});
