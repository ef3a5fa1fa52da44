import { EventDecoder, type StreamEvent } from '@tandem/shared/sse';
import type { Piece } from './dialect';
import { dialectOf } from './dialect-of';
import { TemplateReader } from './template-reader';

type Kind = 'openai-chat' | 'openai-completions' | 'tgi' | 'sse';

function readersOf(kind: Kind) {
  const { readEvent } = dialectOf(kind);
  const seen = { byTemplate: [] as Piece[], whole: [] as Piece[], readings: 0 };
  const read = (event: StreamEvent): readonly Piece[] => {
    seen.readings += 1;
    return readEvent(event);
  };
  const byTemplate = new TemplateReader({ read, take: (pieces) => seen.byTemplate.push(...pieces) });
  const whole = new EventDecoder({
    onEvent: (event) => seen.whole.push(...readEvent(event)),
    onUnknownField: (field, value) => field === 'error' && seen.whole.push(...readEvent({ event: 'error', data: value })),
  });
  return { seen, byTemplate, whole };
}

/** What both readers make of the same bytes in the same pieces. */
function readBoth(kind: Kind, wire: Buffer, ends: readonly number[]) {
  const { seen, byTemplate, whole } = readersOf(kind);
  let at = 0;
  for (const end of [...ends, wire.length]) {
    byTemplate.push(wire.subarray(at, end));
    whole.push(wire.subarray(at, end));
    at = end;
  }
  byTemplate.end();
  whole.end();
  return seen;
}

const chunk = (content: string, more = ''): string =>
  `data: {"id":"x","created":1,"choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}},"finish_reason":null}]${more}}\n\n`;
const textOf = (pieces: readonly Piece[]): string => pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
const repeated = (count: number, make: (n: number) => string): readonly string[] => Array.from({ length: count }, (_, n) => make(n));

/** Numbers from 0 to below `bound`, the same for the same seed. */
function drawer(seed: number) {
  let state = seed;
  return (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

describe('TemplateReader', () => {
  it.each<[string, Kind, (token: string) => string]>([
    ['a chat', 'openai-chat', (token) => chunk(token)],
    ['a chat without a space behind the field', 'openai-chat', (token) => chunk(token).replace('data: ', 'data:')],
    ['a chat of a model with an accent', 'openai-chat', (token) => chunk(token, ',"model":"Ä模型"')],
    ['a completion', 'openai-completions', (token) => `data: {"choices":[{"text":${JSON.stringify(token)},"index":0}]}\n\n`],
    ['a server that someone wrote', 'sse', (token) => `data: {"token":${JSON.stringify(token)},"done":false}\n\n`],
  ])('reads only the first events of %s as a whole', (_, kind, eventOf) => {
    const { seen, byTemplate } = readersOf(kind);
    const tokens = repeated(100, (n) => ` token${n} é模👩‍👩‍👧`);
    for (const token of tokens) byTemplate.push(Buffer.from(eventOf(token)));
    expect(textOf(seen.byTemplate)).toBe(tokens.join(''));
    // two events, and the probe of the template
    expect(seen.readings).toBeLessThan(6);
  });

  it('tells thoughts from the answer', () => {
    const { seen, byTemplate } = readersOf('openai-chat');
    const thought = (text: string): string => chunk(text).replace('"content"', '"reasoning_content"');
    for (const event of [...repeated(10, (n) => thought(`a${n}`)), ...repeated(10, (n) => chunk(`b${n}`))]) byTemplate.push(Buffer.from(event));
    const said = seen.byTemplate.map((piece) => (piece.kind === 'text' ? piece.reasoning : piece));
    expect(said).toEqual([...repeated(10, () => '').map(() => true), ...repeated(10, () => '').map(() => false)]);
  });

  it('takes no word of an event for the token that stands elsewhere too', () => {
    const events = repeated(20, (n) => `data: {"token":"a","type":"a","choices":[{"delta":{"role":"a","content":"a"},"note":"${n}"}]}\n\n`);
    const { byTemplate, whole } = readBoth('openai-chat', Buffer.from(events.join('')), [1, 400, 800]);
    expect(byTemplate).toEqual(whole);
  });

  it('expects nothing any more where no two events are alike', () => {
    const { seen, byTemplate } = readersOf('openai-chat');
    for (const event of repeated(200, (n) => chunk('a', `,"n":${n}`))) byTemplate.push(Buffer.from(event));
    expect(textOf(seen.byTemplate)).toBe('a'.repeat(200));
    expect(seen.readings).toBeLessThan(240);
  });

  it('keeps no bytes alive with a long token', () => {
    const token = 'x'.repeat(40);
    const { seen, byTemplate } = readersOf('openai-chat');
    const bytes = Buffer.from(chunk(token));
    for (let n = 0; n < 3; n++) byTemplate.push(bytes);
    bytes.fill(0);
    expect(textOf(seen.byTemplate)).toBe(token.repeat(3));
  });

  it('gives the same as a reading as a whole, whatever comes and however it is cut', () => {
    const said = ['a', ' b', '', '\n', '"', '\\', 'é', '模型', '👩‍👩‍👧', '\u007f', '\u2028', '[DONE]', 'data: x', '{', 'x'.repeat(30), '\ud800', 'NaN'];
    const others = [
      ': ping\n\n',
      ': ping\n',
      '\n',
      'data: [DONE]\n\n',
      'event: error\ndata: {"message":"no"}\n\n',
      'error: {"message":"no"}\n\n',
      'id: 7\n',
      'retry: 5\n',
      'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n',
      'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n',
      'data: {"choices":[{"delta"\n\n',
      'data: \n\n',
      'data: a\ndata: b\n\n',
      'event: x\n',
      '\r\n',
      '\uFEFF',
    ];
    const shapes: readonly ((token: string, n: number) => string)[] = [
      (token) => chunk(token),
      (token) => chunk(token).replace('"content"', '"reasoning_content"'),
      (token) => chunk(token).replaceAll('\n', '\r\n'),
      (token) => chunk(token).replace('\n\n', '\r\r'),
      (token, n) => chunk(token, `,"created":${n >> 3}`),
      (token) => chunk(token).replace('{"index":0', '{"logprobs":{"content":[{"token":"a","logprob":-1}]},"index":0'),
      (token) => chunk(token).replace('data: ', 'data:'),
      (token) => `data: {"token":${JSON.stringify(token)},"text":${JSON.stringify(token)}}\n\n`,
      (token) => `data: {"token":{"id":5,"text":${JSON.stringify(token)},"special":false},"generated_text":null}\n\n`,
      (token) => `data: {"choices":[{"text":${JSON.stringify(token)},"index":0}]}\n\n`,
      (token) => `data: ${token.replaceAll('\n', ' ')}\n\n`,
    ];
    const kinds: readonly Kind[] = ['openai-chat', 'openai-completions', 'tgi', 'sse'];
    for (let seed = 1; seed <= 3_000; seed++) {
      const draw = drawer(seed);
      const kind = kinds[draw(kinds.length)] ?? 'sse';
      const main = draw(shapes.length);
      const pieces = repeated(3 + draw(30), (n) => {
        if (draw(8) === 0) return others[draw(others.length)] ?? '';
        const shape = shapes[draw(10) === 0 ? draw(shapes.length) : main];
        return shape?.(said[draw(said.length)] ?? '', n) ?? '';
      });
      const wire = Buffer.from(pieces.join(''));
      // a byte that belongs nowhere, as broken servers send it
      if (draw(4) === 0) wire[draw(wire.length)] = draw(256);
      const isWhole = draw(2) === 0;
      let at = 0;
      const ends = isWhole
        ? pieces.map((piece) => (at += Buffer.byteLength(piece)))
        : repeated(draw(12), () => '')
            .map(() => draw(wire.length))
            .sort((one, other) => one - other);
      const { byTemplate, whole } = readBoth(kind, wire, ends);
      expect({ seed, said: byTemplate }).toEqual({ seed, said: whole });
    }
  });
});
