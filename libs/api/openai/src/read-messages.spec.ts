import { messagesOf } from './read-messages';
import { refusedField } from './testing/refused-field';

const user = (content: unknown) => ({ role: 'user', content });

describe('messagesOf', () => {
  it.each([
    ['text', [user('Hi')], [{ role: 'user', content: 'Hi' }]],
    [
      'parts of text, joined',
      [
        user([
          { type: 'text', text: 'a' },
          { type: 'input_text', text: 'b' },
        ]),
      ],
      [{ role: 'user', content: 'ab' }],
    ],
    [
      'a developer as the system',
      [{ role: 'developer', content: 'Be kind.' }, user('Hi')],
      [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
      ],
    ],
    ['no system message that says nothing', [{ role: 'system', content: ' ' }, user('Hi')], [{ role: 'user', content: 'Hi' }]],
    ['an answer that was stopped before it said anything', [{ role: 'assistant', content: '' }], [{ role: 'assistant', content: '' }]],
    ['an answer without content', [{ role: 'assistant', content: null }], [{ role: 'assistant', content: '' }]],
    ['a refusal as what was answered', [{ role: 'assistant', content: null, refusal: 'No.' }], [{ role: 'assistant', content: 'No.' }]],
    ['a refusal in a part of its own', [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }], [{ role: 'assistant', content: 'No.' }]],
    [
      'the tool calls of an answer',
      [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }] }],
      [{ role: 'assistant', content: '', tool_calls: [{ id: 'c', name: 'f', arguments: '{}' }] }],
    ],
    ['what came of a call, by its id', [{ role: 'tool', tool_call_id: 'c', content: 'Sunny' }], [{ role: 'user', content: 'Sunny', tool_call_id: 'c' }]],
    ['what came of a call without an id', [{ role: 'tool', content: '' }], [{ role: 'user', content: '' }]],
    ['no tool calls of anybody else', [{ role: 'user', content: 'Hi', tool_calls: 5 }], [{ role: 'user', content: 'Hi' }]],
  ])('takes %s', (_, messages, read) => expect(messagesOf(messages)).toEqual(read));

  it.each([
    ['messages', undefined],
    ['messages', 'Hi'],
    ['messages', []],
    ['messages', Array.from({ length: 1_001 }, () => user('a'))],
    ['messages', [{ role: 'system', content: '' }]],
    ['messages[0].role', [null]],
    ['messages[1].role', [user('Hi'), { role: 'robot', content: 'Hi' }]],
    ['messages[0].content', [user(' \n')]],
    ['messages[0].content', [user(5)]],
    ['messages[0].content', [user([{ type: 'image_url', image_url: { url: 'x' } }])]],
    ['messages[0].content', [user([{ type: 'text', text: 5 }])]],
    ['messages[0].content', [user('x'.repeat(1_000_001))]],
    ['messages[0].refusal', [{ role: 'assistant', refusal: {} }]],
    ['messages[0].tool_call_id', [{ role: 'tool', tool_call_id: 5, content: 'Sunny' }]],
    ['messages[0].tool_calls', [{ role: 'assistant', tool_calls: {} }]],
  ])('refuses %s where it is wrong (%#)', (field, messages) => expect(refusedField(() => messagesOf(messages))).toBe(field));

  it('names the place as the request calls it', () => expect(refusedField(() => messagesOf([null], 'input'))).toBe('input[0].role'));
});
