import { jsonIn } from './json-in';

describe('jsonIn', () => {
  it.each<[string, unknown]>([
    ['{"a":[1,2]}', { a: [1, 2] }],
    [' \n{"a":1}\r\n', { a: 1 }],
    ['null', null],
    ['"text"', 'text'],
    ['```\n{"a":1}\n```', { a: 1 }],
    ['```json\n{"a":1}\n```', { a: 1 }],
    ['```JSON \n{\n  "a": 1\n}\n```\n', { a: 1 }],
    ['```json\r\n{"a":1}\r\n```\r\n', { a: 1 }],
    ['```json\n{"a":1}\n  ```', { a: 1 }],
    ['{"a":"```json\\n1\\n```"}', { a: '```json\n1\n```' }],
  ])('is there in %j', (answer, value) => {
    expect(jsonIn(answer)).toEqual({ value });
  });

  it.each([
    '',
    'yes',
    '{"a":1',
    "{'a':1}",
    '{"a":1,}',
    '{"a":1} {"b":2}',
    'NaN',
    '```json\n{"a":1}',
    '```json {"a":1} ```',
    'Here it is:\n```json\n{"a":1}\n```',
    '```json\n{"a":1}\n```\n```json\n{"b":2}\n```',
    '```json\n```json\n{"a":1}\n```\n```',
  ])('is not there in %j', (answer) => {
    expect(jsonIn(answer)).toBeUndefined();
  });

  it('takes no longer for an answer that never closes its fence', () => {
    expect(jsonIn(`\`\`\`json\n${'\n'.repeat(100_000)}${' '.repeat(100_000)}`)).toBeUndefined();
    expect(jsonIn(`\`\`\`json\n{}${`\n${' '.repeat(100)}\`\`\` x`.repeat(2_000)}`)).toBeUndefined();
  });
});
