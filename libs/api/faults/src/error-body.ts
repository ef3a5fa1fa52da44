import type { ErrorBody } from '@tandem/shared/contracts';
import type { Fault } from './fault';

/** The one shape of every failed answer. */
export function errorBodyOf(fault: Fault, requestId: string): ErrorBody {
  const param = fault.param === undefined ? {} : { param: fault.param };
  return { status: 'error', error: { ...fault.toFrameError(), ...param, ...fault.place, request_id: requestId } };
}
