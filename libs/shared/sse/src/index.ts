export { EventDecoder, type EventDecoderOptions, EventTooLongError, type StreamEvent } from './event-decoder';
export { readEvents } from './read-events';
