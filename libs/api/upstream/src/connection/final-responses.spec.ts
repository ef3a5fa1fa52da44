import { FinalResponses } from './final-responses';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

function read(wire: string, pieceBytes = wire.length): string {
  const responses = new FinalResponses();
  const bytes = Buffer.from(wire);
  let text = '';
  for (let at = 0; at < bytes.length; at += pieceBytes) text += responses.take(bytes.subarray(at, at + pieceBytes))?.toString() ?? '';
  return text;
}

describe('FinalResponses', () => {
  describe.each([
    ['all at once', undefined],
    ['byte by byte', 1],
    ['in pieces of five', 5],
  ])('of bytes that come %s', (_, pieceBytes) => {
    it.each([
      ['nothing', ''],
      ['a 100', 'HTTP/1.1 100 Continue\r\n\r\n'],
      ['a 103 with headers', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nX: y\r\n\r\n'],
      ['a 199 without a reason', 'HTTP/1.1 199\r\n\r\n'],
      ['an old 100', 'HTTP/1.0 100 Continue\r\n\r\n'],
      ['lines that end without CR', 'HTTP/1.1 102 Processing\nX: y\n\n'],
      ['many', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n'.repeat(50)],
    ])('leaves the answer after %s', (_what, informational) => {
      expect(read(informational + ANSWER, pieceBytes)).toBe(ANSWER);
    });

    it.each(['HTTP/1.1 1x0 X\r\n\r\n', 'HTTP/2 100 X\r\n\r\n', 'http/1.1 100 X\r\n\r\n', 'HTML'])('leaves %j to whoever reads responses', (wire) => {
      expect(read(wire, pieceBytes)).toBe(wire);
    });

    it('leaves alone what looks like one within an answer', () => {
      const body = `${ANSWER}HTTP/1.1 100 Continue\r\n\r\n`;
      expect(read(body, pieceBytes)).toBe(body);
    });
  });

  it('looks again after the next request', () => {
    const responses = new FinalResponses();
    expect(responses.take(Buffer.from(ANSWER))?.toString()).toBe(ANSWER);
    responses.expect();
    expect(responses.take(Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${ANSWER}`))?.toString()).toBe(ANSWER);
  });

  it.each(['HTTP/1.1 103 X\r\n\r\n', 'HTTP/1.1 103 X\r\nA: b\r\n', 'x: y\r\n'])('has enough at some time of %j again and again', (repeated) => {
    const responses = new FinalResponses();
    responses.take(Buffer.from('HTTP/1.1 103 X\r\n'));
    const bytes = Buffer.from(repeated.repeat(1_000));
    expect(() => {
      for (let n = 0; n < 1_000; n++) responses.take(bytes);
    }).toThrow('Headers Overflow');
  });
});
