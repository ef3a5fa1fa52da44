import { applyDecorators, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants.js';

const WRITES_EVENTS = 'tandem:route:writes-events';

/**
 * A route whose handler writes server-sent events to the response itself. Nest's `@Sse` makes a transform stream, several observables
 * and an abort for each request, a seventh of all that opening a stream cost.
 */
export const EventStream = (path: string, method: RequestMethod = RequestMethod.GET): MethodDecorator =>
  applyDecorators(RequestMapping({ path, method }), SetMetadata(WRITES_EVENTS, true));

/** Whether a handler answers with events, in either way. */
export function answersWithEvents(handler: object): boolean {
  return Reflect.getMetadata(SSE_METADATA, handler) === true || Reflect.getMetadata(WRITES_EVENTS, handler) === true;
}
