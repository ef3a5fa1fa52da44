import { jsonFault } from './json-fault';

describe('jsonFault', () => {
  it.each([
    ['{"a":1,}', 'expected a name in double quotes at line 1 column 8: leave out the comma before it'],
    ['{\r\n "a": [1,\r\n 2,]}', 'expected a value at line 3 column 4: leave out the comma before it'],
    ['{\r "a" 1}', 'expected ":" at line 2 column 6'],
    ['{"a":1 // why\n}', 'found a comment, which is not JSON, at line 1 column 8'],
    ['/* models */ {}', 'found a comment, which is not JSON, at line 1 column 1'],
    ['{"a":[1 2]}', 'expected "," at line 1 column 9'],
    ['{"a":[}', 'expected a value at line 1 column 7'],
    ["{'a':1}", 'found what is no value at line 1 column 2: names and texts stand in double quotes'],
    ['{"a":"b\nc"}', 'found a text that does not end on its line, at line 1 column 6'],
    ['{"a":"\\x"}', 'found a text or number that JSON does not know at line 1 column 6'],
    ['{"a":01}', 'expected "," at line 1 column 7'],
    ['{"a":NaN}', 'found what is no value at line 1 column 6'],
    ['{} {}', 'expected the end at line 1 column 4'],
    ['{"a":{"b":[', 'expected "," or "]" at line 1 column 12, where the text ends'],
    ['[1,', 'expected a value at line 1 column 4, where the text ends'],
    ['<html>', 'found what is no value at line 1 column 1'],
    [']', 'expected a value at line 1 column 1'],
  ])('says where %j is wrong', (text, fault) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(jsonFault(text).text).toBe(fault);
  });

  it('finds the fault behind a lot of text', () => {
    const text = `{"a":"${'x\\n'.repeat(1_000_000)}","b":[${'[{"c":-1.5e3},null,true],'.repeat(50_000)}oops]}`;
    expect(jsonFault(text).text).toBe(`found what is no value at line 1 column ${text.indexOf('oops') + 1}`);
  });

  it('says of a text that is nested without end that it is', () => {
    expect(jsonFault('['.repeat(1_000_000)).text).toBe('it is nested too deep');
  });
});
