import { Fault } from '@tandem/api/faults';

/** A place in a stream: the last frame a client has. */
export interface Position {
  readonly streamId: string;
  readonly number: number;
}

/** A `Last-Event-ID`, `<stream_id>.<n>`; undefined when it is not one of ours. */
export function parsePosition(lastEventId: string): Position | undefined {
  const [, streamId, number] = /^([0-9a-f]{1,64})\.(\d{1,15})$/.exec(lastEventId) ?? [];
  return streamId === undefined ? undefined : { streamId, number: Number(number) };
}

/** The number of the last frame a client of that stream has, from its header or its query; 0 when it names neither. */
export function lastNumber(streamId: string, lastEventId: string | undefined, after: string | undefined): number {
  if (after !== undefined) {
    if (typeof after !== 'string' || !/^\d{1,15}$/.test(after)) throw new Fault('invalid_request', 'after: must be an integer from 0.', { param: 'after' });
    return Number(after);
  }
  if (lastEventId === undefined || lastEventId === '') return 0;
  const position = parsePosition(lastEventId);
  if (position?.streamId !== streamId) {
    throw new Fault('invalid_request', `Last-Event-ID: must be "${streamId}.<number>", the id of a frame of this stream.`, { param: 'Last-Event-ID' });
  }
  return position.number;
}
