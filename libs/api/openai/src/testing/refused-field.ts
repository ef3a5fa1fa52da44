import { Fault } from '@tandem/api/faults';

/** The field that a request is refused for, by whoever reads it; undefined where it is not refused. */
export function refusedField(read: () => unknown): string | undefined {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'invalid_request') return thrown.param;
    throw thrown;
  }
  return undefined;
}
