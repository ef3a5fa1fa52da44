import { EventDecoder, type StreamEvent } from './event-decoder';

/**
 * The events of a response body, as they come. Throws what reading the body throws: abort the request to stop early.
 * Leaving the loop cancels the body.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void, void> {
  const arrived: StreamEvent[] = [];
  const decoder = new EventDecoder({ onEvent: (event) => arrived.push(event) });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      decoder.push(value);
      yield* arrived.splice(0);
    }
    decoder.end();
    yield* arrived.splice(0);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
