import { scanJson } from './scan-json';

const scan = (text: string, most = 10): void => scanJson(Buffer.from(text), most);

describe('scanJson', () => {
  it.each([
    '{}',
    '[]',
    '{"a":[1,2,3,4,5,6]}',
    '{"a":"[[[[[[[[[[[[[,,,,,,,,,,,,,,,,"}',
    '{"a":"\\",,,,,,,,,,,,\\\\\\",,,,,,"}',
    '{"a":"\\\\"}',
    '{"a":"ends nowhere,,,,,,,,,,,,,,,',
    ']]]]',
    '',
  ])('lets pass what holds few values: %s', (text) => {
    expect(() => scan(text)).not.toThrow();
  });

  it.each([
    ['{"a":[0,0,0,0,0,0,0,0,0,0,0]}', 'a'],
    ['{"a":1,"b":[{},{},{},{},{},{}]}', 'b'],
    ['{"a":{"b":[0,0,0,0,0,0,0,0,0,0]}}', 'a'],
    ['{"a\\"":"\\\\","b":[0,0,0,0,0,0,0,0,0,0]}', 'b'],
    ['[0,0,0,0,0,0,0,0,0,0,0]', undefined],
    ['{"a":"\\\\",,,,,,,,,,,', 'a'],
  ])('refuses what holds too many, and names the field: %s', (text, param) => {
    expect(() => scan(text)).toThrow(expect.objectContaining({ code: 'invalid_request', param, message: expect.stringContaining('more than 10 values') }));
  });

  it('refuses what is nested too deep', () => {
    expect(() => scan(`{"a":${'['.repeat(31)}`, 100)).not.toThrow();
    expect(() => scan(`{"a":${'['.repeat(32)}`, 100)).toThrow(expect.objectContaining({ param: 'a', message: expect.stringContaining('32 levels') }));
  });
});
