import { EventDecoder, type StreamEvent } from '@tandem/shared/sse';
import type { Framing } from './dialect';
import { LineDecoder } from './line-decoder';
import { PlainTextDecoder } from './plain-text-decoder';

/** Takes a body's bytes apart; `end` is for a body that ended in good order. */
export interface Decoder {
  push(bytes: Uint8Array): void;
  end(): void;
}

export function decoderOf(framing: Framing, onEvent: (event: StreamEvent) => void): Decoder {
  switch (framing) {
    case 'events':
      return new EventDecoder({
        onEvent,
        // llama.cpp's server once wrote its errors as a field of their own.
        onUnknownField: (field, value) => field === 'error' && onEvent({ event: 'error', data: value }),
      });
    case 'lines':
      return new LineDecoder(onEvent);
    case 'text':
      return new PlainTextDecoder(onEvent);
    default:
      return framing satisfies never;
  }
}
