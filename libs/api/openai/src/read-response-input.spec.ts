import { messagesOfInput } from './read-response-input';
import { refusedField } from './testing/refused-field';

const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}', id: `fc_${id}`, status: 'completed' });
const made = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });

describe('messagesOfInput', () => {
  it.each([
    ['a text', 'Hi', [{ role: 'user', content: 'Hi' }]],
    [
      'messages, with their type and without',
      [
        { type: 'message', role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
      ],
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
      ],
    ],
    ['a message whose type is null', [{ type: null, role: 'user', content: 'a' }], [{ role: 'user', content: 'a' }]],
    [
      'no thoughts',
      [
        { type: 'reasoning', summary: [] },
        { role: 'user', content: 'a' },
      ],
      [{ role: 'user', content: 'a' }],
    ],
    [
      'calls as part of the answer before them',
      [{ role: 'assistant', content: 'So' }, call('1'), call('2')],
      [{ role: 'assistant', content: 'So', tool_calls: [made('1'), made('2')] }],
    ],
    [
      'calls without an answer as an answer',
      [{ role: 'user', content: 'a' }, call('1')],
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: null, tool_calls: [made('1')] },
      ],
    ],
    [
      'what came of a call',
      [call('1'), { type: 'function_call_output', call_id: '1', output: 'Sunny' }],
      [
        { role: 'assistant', content: null, tool_calls: [made('1')] },
        { role: 'tool', tool_call_id: '1', content: 'Sunny' },
      ],
    ],
    ['anything else as it is, to be refused as messages are', 5, 5],
  ])('reads %s', (_, input, messages) => expect(messagesOfInput(input)).toEqual(messages));

  it.each([
    ['input[0].type', [{ type: 'web_search_call' }]],
    [
      'input[1].call_id',
      [
        { role: 'user', content: 'a' },
        { ...call('1'), call_id: undefined },
      ],
    ],
    ['input[0].name', [{ ...call('1'), name: 'what is it' }]],
    ['input[0].arguments', [{ ...call('1'), arguments: {} }]],
  ])('refuses %s where it is wrong', (field, input) => expect(refusedField(() => messagesOfInput(input))).toBe(field));
});
