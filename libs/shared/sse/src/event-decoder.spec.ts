import { growthOf, LINEAR } from '@tandem/testing';
import { EventDecoder, EventTooLongError, type StreamEvent } from './event-decoder';

function setup(maxEventCharacters?: number) {
  const events: StreamEvent[] = [];
  const unknown: string[] = [];
  const decoder = new EventDecoder({
    onEvent: (event) => events.push(event),
    onUnknownField: (field, value) => unknown.push(`${field}=${value}`),
    ...(maxEventCharacters === undefined ? {} : { maxEventCharacters }),
  });
  return { decoder, events, unknown, data: () => events.map((event) => event.data) };
}

function decode(...pieces: (string | Uint8Array)[]): string[] {
  const { decoder, data } = setup();
  for (const piece of pieces) decoder.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
  return data();
}

describe('EventDecoder', () => {
  it.each([
    ['LF line ends', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['CRLF line ends', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['CR line ends', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['comments', ': hello\n\n:\ndata: a\n: x\n\n', ['a']],
    ['data without a space', 'data:a\n\n', ['a']],
    ['data with two spaces', 'data:  a\n\n', [' a']],
    ['several data lines', 'data: a\ndata:\ndata: b\n\n', ['a\n\nb']],
    ['unknown fields', 'color: red\ndata: a\n\n', ['a']],
    ['an id with NUL', 'id: a\0b\ndata: a\n\n', ['a']],
    ['an event without data', 'event: ping\n\ndata: a\n\n', ['a']],
    ['two events in one read', 'data: a\n\ndata: b\n\n', ['a', 'b']],
  ])('reads %s', (_, wire, expected) => {
    expect(decode(wire)).toEqual(expected);
  });

  describe.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('with %s line ends', (_, lineEnd) => {
    it('gives the same events wherever the bytes are split', () => {
      const wire = new TextEncoder().encode(
        ['\uFEFF: hi', 'id: 1', 'event: x', 'data: {"t":"👩‍👩‍👧 é"}', '', 'error: {"a":1}', 'data: b', 'data: c', '', 'data: d', '', ''].join(lineEnd),
      );
      for (let at = 0; at <= wire.length; at++) {
        const { decoder, events, unknown } = setup();
        decoder.push(wire.subarray(0, at));
        decoder.push(wire.subarray(at));
        decoder.end();
        expect(events).toEqual([{ id: '1', event: 'x', data: '{"t":"👩‍👩‍👧 é"}' }, { data: 'b\nc' }, { data: 'd' }]);
        expect(unknown).toEqual(['error={"a":1}']);
      }
    });
  });

  it('gives the same events when every byte comes alone', () => {
    const wire = new TextEncoder().encode('data: 🦙\r\n\r\ndata: é\r\n\r\n');
    expect(decode(...Array.from(wire, (byte) => Uint8Array.of(byte)))).toEqual(['🦙', 'é']);
  });

  it('replaces an invalid byte and goes on', () => {
    expect(decode('data: a', Uint8Array.of(0xff), 'b\n\ndata: c\n\n')).toEqual(['a\uFFFDb', 'c']);
  });

  it('gives an event without its closing blank line when the stream ends in good order', () => {
    const { decoder, data } = setup();
    decoder.push(new TextEncoder().encode('data: a\n\ndata: b'));
    expect(data()).toEqual(['a']);
    decoder.end();
    expect(data()).toEqual(['a', 'b']);
  });

  it('reads an event of one million characters in small pieces', () => {
    const long = 'x'.repeat(1_000_000);
    const wire = new TextEncoder().encode(`data: ${long}\n\n`);
    const pieces = Array.from({ length: Math.ceil(wire.length / 1000) }, (_, n) => wire.subarray(n * 1000, n * 1000 + 1000));
    expect(decode(...pieces)).toEqual([long]);
  });

  it.each([
    ['on one line', 'data: 12345678901234567890'],
    ['over several lines', 'data: 123456\ndata: 123456\ndata: 123456\n'],
  ])('throws when an event grows too long %s', (_, wire) => {
    const { decoder } = setup(16);
    expect(() => decoder.push(new TextEncoder().encode(wire))).toThrow(EventTooLongError);
  });

  it.each([
    ['a line that never ends', (size: number) => `data: ${'x'.repeat(size)}`, 1],
    ['a field that never ends', (size: number) => 'x'.repeat(size), 1],
    ['an event of many lines', (size: number) => 'data:\n'.repeat(size / 6), 1],
    ['line ends of Macintosh', (size: number) => '\r'.repeat(size), 8_192],
    ['line ends of Windows', (size: number) => '\r\n'.repeat(size / 2), 7],
    ['fields that nobody knows', (size: number) => 'x: y\n'.repeat(size / 5), 8_192],
    ['comments', (size: number) => ':\n'.repeat(size / 2), 3],
  ])('takes time that grows with the length only of %s', (_, make, pieceBytes) => {
    const read = (bytes: Uint8Array) => {
      const { decoder } = setup();
      for (let at = 0; at < bytes.length; at += pieceBytes) decoder.push(bytes.subarray(at, at + pieceBytes));
    };
    expect(growthOf(read, (size) => new TextEncoder().encode(make(size)), 360_000)).toBeLessThan(LINEAR);
  });
});
