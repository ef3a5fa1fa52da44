export { type Backlog, EventWriter } from './event-writer';
export { keptAlive } from './keep-alive';
export { outletOf } from './response-outlet';
export { streamPastNest } from './stream-past-nest';
export { type BacklogText, endStream, streamWhenReady } from './stream-when-ready';
