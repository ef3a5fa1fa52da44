export { EventDecoder, type EventDecoderOptions, EventTooLongError, type StreamEvent } from './event-decoder';
export { readEvents } from './read-events';
export { UnfinishedLine } from './unfinished-line';
