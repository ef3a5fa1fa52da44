import { jsonFault } from './json-fault';

describe('jsonFault', () => {
  it.each([
    ['{"a":1,}', 'expected a name in double quotes at line 1 column 8: leave out the comma before it'],
    ['{\r\n "a": [1,\r\n 2,]}', 'expected a value at line 3 column 4: leave out the comma before it'],
    ['{\r "a" 1}', 'expected ":" at line 2 column 6'],
    ['{"a":1 // why\n}', 'expected "," or "}" at line 1 column 8: comments are not JSON'],
    ['/* models */ {}', 'expected a value at line 1 column 1: comments are not JSON'],
    ['{"a":[1 2]}', 'expected "," or "]" at line 1 column 9'],
    ['{"a":[}', 'expected a value or "]" at line 1 column 7'],
    ["{'a':1}", 'expected a name in double quotes or "}" at line 1 column 2: names and texts stand in double quotes'],
    ['{"a":"b\nc"}', 'expected a value at line 1 column 6, where a text does not end on its line or holds what JSON does not know'],
    ['{"a":"\\x"}', 'expected a value at line 1 column 6, where a text does not end on its line or holds what JSON does not know'],
    ['{"a":01}', 'expected "," or "}" at line 1 column 7'],
    ['{"a":NaN}', 'expected a value at line 1 column 6'],
    ['{} {}', 'expected the end at line 1 column 4'],
    ['{"a":{"b":[', 'expected a value or "]" at line 1 column 12, where the text ends'],
    ['[1,', 'expected a value at line 1 column 4, where the text ends'],
    ['<html>', 'expected a value at line 1 column 1'],
    [']', 'expected a value at line 1 column 1'],
  ])('says where %j is wrong', (text, fault) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(jsonFault(text)).toBe(fault);
  });

  it('finds the fault behind a lot of text', () => {
    const text = `{"a":"${'x\\n'.repeat(1_000_000)}","b":[${'[{"c":-1.5e3},null,true],'.repeat(50_000)}oops]}`;
    expect(jsonFault(text)).toBe(`expected a value at line 1 column ${text.indexOf('oops') + 1}`);
  });
});
