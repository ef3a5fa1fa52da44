import { formatJson } from './format-json';

describe('formatJson', () => {
  it.each([
    ['{"city":"Paris","days":[1,2],"where":{}}', '{\n  "city": "Paris",\n  "days": [\n    1,\n    2\n  ],\n  "where": {}\n}'],
    ['{}', '{}'],
    ['[]', '[]'],
    [' { "a" : "b{,}\\"\\n" } ', '{\n  "a": "b{,}\\"\\n"\n}'],
    ['[{"a":null},true]', '[\n  {\n    "a": null\n  },\n  true\n]'],
  ])('lays out %j', (text, laidOut) => {
    expect(formatJson(text, true)).toBe(laidOut);
    expect(JSON.parse(formatJson(text, true))).toEqual(JSON.parse(text));
  });

  it('changes no value: neither digits nor escapes', () => {
    expect(formatJson('{"n":12345678901234567890.10,"s":"\\u00e9\\/"}', true)).toBe('{\n  "n": 12345678901234567890.10,\n  "s": "\\u00e9\\/"\n}');
  });

  it.each(['{"city":', 'Paris', '"{}"', '{"a":1}}', ''])('leaves %j, which is not JSON, as it is', (text) => expect(formatJson(text, true)).toBe(text));

  it.each([
    ['{"city":"Par', '{\n  "city": "Par'],
    ['{"a":[1,', '{\n  "a": [\n    1,'],
    ['{"a":"b\\', '{\n  "a": "b\\'],
  ])('lays out what there is of %j', (text, laidOut) => expect(formatJson(text, false)).toBe(laidOut));
});
