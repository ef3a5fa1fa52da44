import { decodeText } from './decode-text';
import { readJsonLines } from './read-jsonl';

describe('decodeText', () => {
  it('gives the text without the mark before it, and every other sign as it is', () => {
    expect(decodeText(Buffer.from('\uFEFFGrüße\r\n😀\0'))).toBe('Grüße\r\n😀\0');
    expect(decodeText(Buffer.from('a\uFEFFb'))).toBe('a\uFEFFb');
    expect(decodeText(Buffer.alloc(0))).toBe('');
  });

  it.each<[string, Buffer, number]>([
    ['Latin-1', Buffer.from('Grüße', 'latin1'), 1],
    ['UTF-16', Buffer.from('\uFEFFhi', 'utf16le'), 1],
    ['a character that is cut off at the end', Buffer.concat([Buffer.from('a\nb\n'), Buffer.from('ü').subarray(0, 1)]), 3],
    ['half a pair of surrogates', Buffer.concat([Buffer.from('a\n'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('\nb')]), 2],
    ['a character that is cut by a line break', Buffer.concat([Buffer.from([0xc3]), Buffer.from('\nb')]), 1],
  ])('refuses %s, with its first line that is none', (_, bytes, line) => {
    expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ status: 400, place: { line } }));
  });
});

describe('readJsonLines', () => {
  it.each<[string, (readonly [number, unknown])[]]>([
    ['', []],
    ['\n \r\n\t\n', []],
    ['1', [[1, 1]]],
    [
      '1\r\n\r\n {"a":2} \r\n',
      [
        [1, 1],
        [3, { a: 2 }],
      ],
    ],
    ['"a\u2028b"', [[1, 'a\u2028b']]],
  ])('of %j', (text, found) => {
    expect([...readJsonLines(text)].map(({ line, value }) => [line, value])).toEqual(found);
  });

  it.each([
    ['{"a":1}{"b":2}', 1],
    ['1\n\n{"a":\n1}', 3],
    ['1\n// no', 2],
  ])('of %j tells line %d', (text, line) => {
    expect(() => [...readJsonLines(text)]).toThrow(expect.objectContaining({ code: 'invalid_json', place: { line } }));
  });
});
