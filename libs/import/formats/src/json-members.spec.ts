import { jsonMembers } from './json-members';

const members = (text: string): [string, string][] => [...jsonMembers(Buffer.from(text))].map(({ key, json }) => [key, json.toString().trim()]);

describe('the members of a JSON object, one at a time', () => {
  it.each<readonly [string, string, readonly (readonly [string, string])[]]>([
    ['none of an empty one', ' { } ', []],
    [
      'values as they stand there, not yet parsed',
      '{"a": 1, "b": [1, {"c": 2}]}',
      [
        ['a', '1'],
        ['b', '[1, {"c": 2}]'],
      ],
    ],
    [
      'texts with brackets, commas and quotes in them',
      '{"a":"},{\\"","b":"\\\\"}',
      [
        ['a', '"},{\\""'],
        ['b', '"\\\\"'],
      ],
    ],
    ['keys with escapes', '{"\\u0061\\n":null}', [['a\n', 'null']]],
    [
      'a key that comes twice, twice: nobody hides a tensor behind another',
      '{"a":1,"a":2}',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['what stands between blanks of every kind', '\t{\r\n"a"\t:\n1 }\n', [['a', '1']]],
  ])('are %s', (_title, text, expected) => {
    expect(members(text)).toEqual(expected);
  });

  it.each([
    ['[1]', 'it is no JSON object'],
    ['', 'it is no JSON object'],
    ['{"a":1', 'it breaks off'],
    ['{"a" 1}', 'it is no JSON'],
    ['{"a"}', 'a key in it has no value'],
    ['{1:2}', 'a key in it is no text'],
    ['{"a":1]', 'it does not end'],
    ['{"a":1}{', 'something follows its end'],
  ])('are refused in %j: %s', (text, reason) => {
    expect(() => members(text)).toThrow(expect.objectContaining({ name: 'MalformedJson', message: reason }));
  });

  it('come before what is wrong behind them is met', () => {
    const [first] = jsonMembers(Buffer.from('{"a":1,"b"'));
    expect(first?.key).toBe('a');
  });
});
