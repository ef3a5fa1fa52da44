/** The head of a response that ends when its connection does. */
export function responseHead(status: number, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`;
}

/** The head of a chunked event stream, which keeps its connection. */
export const EVENT_STREAM_HEAD = responseHead(200, {
  'Content-Type': 'text/event-stream',
  'Transfer-Encoding': 'chunked',
});

/** One chunk of a chunked body. */
export function chunk(bytes: string | Uint8Array): Uint8Array {
  const body = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
}

/** The end of a chunked body. */
export const LAST_CHUNK = '0\r\n\r\n';

/** A whole response of known length. */
export function wholeResponse(status: number, contentType: string, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const length = String(Buffer.byteLength(body));
  return responseHead(status, { 'Content-Type': contentType, 'Content-Length': length, ...headers }) + body;
}

/** An event whose data is `value` as JSON, or the text itself. */
export function event(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
}

/** An event of an OpenAI-compatible stream with a piece of text, its end, or both. */
export function chatEvent(content: string | null, finishReason: string | null = null): string {
  const delta = content === null ? {} : { content };
  return event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finishReason }] });
}
