export { type Backlog, EventWriter } from './event-writer';
export { keptAlive } from './keep-alive';
export { outletOf } from './response-outlet';
export { streamAtOnce, streamNothing } from './stream-at-once';
export { type BacklogText, endStream, streamWhenReady } from './stream-when-ready';
