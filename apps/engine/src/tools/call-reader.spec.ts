import { callFormatOf } from './call-formats';
import { CallReader, type Said } from './call-reader';

const NAMES = new Set(['weather', 'time']);
const TEMPLATES = { hermes: 'tools <tool_call></tool_call>', llama: 'tools <|python_tag|>', mistral: 'tools [TOOL_CALLS]' };
const call = (name: string, given: object = {}) => ({ call: { name, arguments: JSON.stringify(given) } });

/** What is said when the text comes in pieces of some length; text that stands together as one. */
function read(form: keyof typeof TEMPLATES, pieces: readonly string[], isBegun = false): Said[] {
  const format = callFormatOf(TEMPLATES[form]);
  if (format === undefined) throw new Error('no such form');
  const reader = new CallReader({ format, names: NAMES, isBegun });
  const said = [...pieces.flatMap((piece) => (piece.startsWith('!') ? reader.pushMark(piece.slice(1)) : reader.push(piece))), ...reader.end()];
  return said.reduce<Said[]>((joined, one) => {
    const last = joined.at(-1);
    if (last === undefined || !('text' in last) || !('text' in one)) return [...joined, one];
    return [...joined.slice(0, -1), { text: last.text + one.text }];
  }, []);
}

describe('CallReader', () => {
  const paris = call('weather', { city: 'Paris' });

  it.each<[string, keyof typeof TEMPLATES, string, Said[]]>([
    ['a call', 'hermes', '<tool_call>\n{"name": "weather", "arguments": {"city": "Paris"}}\n</tool_call>', [paris]],
    [
      'several',
      'hermes',
      '\n\n<tool_call>{"name":"weather","arguments":{"city":"Paris"}}</tool_call>\n<tool_call>{"name":"time","arguments":{}}</tool_call>\n',
      [paris, call('time')],
    ],
    ['text before it', 'hermes', 'Look: <tool_call>{"name":"time"}</tool_call>', [{ text: 'Look:' }, call('time')]],
    ['text behind it', 'hermes', '<tool_call>{"name":"time"}</tool_call> Done', [call('time'), { text: ' Done' }]],
    ['arguments that are text', 'hermes', '<tool_call>{"name":"time","arguments":"{}"}</tool_call>', [call('time')]],
    ['one that is broken', 'hermes', 'a<tool_call>{"name":</tool_call>b', [{ text: 'a<tool_call>{"name":b' }]],
    ['one that is cut', 'hermes', '<tool_call>{"name":"ti', [{ text: '<tool_call>{"name":"ti' }]],
    ['half a mark', 'hermes', 'a <tool_', [{ text: 'a <tool_' }]],
    ['no call', 'hermes', ' Hello ', [{ text: ' Hello ' }]],
    ['an object', 'llama', '\n{"name": "weather", "parameters": {"city": "Paris"}}', [paris]],
    ['an object behind its mark', 'llama', '<|python_tag|>{"name": "time", "parameters": {}}', [call('time')]],
    ['several objects', 'llama', '{"name":"time","parameters":{}}; {"name":"weather","parameters":{"city":"Paris"}}', [call('time'), paris]],
    ['an object that is an answer', 'llama', '{"name": "Ann", "parameters": {}}', [{ text: '{"name": "Ann", "parameters": {}}' }]],
    ['an object in the middle', 'llama', 'So {"name": "time", "parameters": {}}', [{ text: 'So {"name": "time", "parameters": {}}' }]],
    ['a list', 'mistral', '[TOOL_CALLS] [{"name": "weather", "arguments": {"city": "Paris"}}, {"name": "time", "arguments": {}}]', [paris, call('time')]],
    [
      'a name and its arguments',
      'mistral',
      'a[TOOL_CALLS]weather[CALL_ID]x[ARGS]{"city": "Paris"}[TOOL_CALLS]time[ARGS]{}',
      [{ text: 'a' }, paris, call('time')],
    ],
  ])('tells %s (%s)', (_, form, text, expected) => {
    for (const length of [1, 3, 7, text.length]) {
      const pieces = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
      expect(read(form, pieces)).toEqual(expected);
    }
  });

  it('takes marks that are control tokens, and calls that the prompt began', () => {
    expect(read('mistral', ['!<s>', '!</s>', '![TOOL_CALLS]', '[{"name":"time"}]'])).toEqual([call('time')]);
    expect(read('mistral', ['![TOOL_CALLS]', 'time', '![ARGS]', '{}', '![TOOL_CALLS]', 'time', '![ARGS]', '{}'])).toEqual([call('time'), call('time')]);
    expect(read('mistral', [' [{"name":"time"}]'], true)).toEqual([call('time')]);
    expect(read('llama', ['!<|python_tag|>', '{"name":"time","parameters":{}}'])).toEqual([call('time')]);
  });
});

describe('callFormatOf', () => {
  it.each(['{{ messages }}', 'tools <tool_call></tool_call> <function=', 'tools <tool_call></tool_call> <arg_key>'])('knows nothing of %s', (template) => {
    expect(callFormatOf(template)).toBeUndefined();
  });
});
