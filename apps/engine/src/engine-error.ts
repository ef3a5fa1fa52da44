import type { FaultCode } from '@tandem/shared/contracts';
import { type EngineFault, withoutPaths } from '@tandem/shared/engine-protocol';

/** A failure that goes back to the caller as it is. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: FaultCode,
    message: string,
    readonly retryable = false,
    readonly isSecurityEvent = false,
  ) {
    super(message);
  }
}

export function engineFaultOf(thrown: unknown): EngineFault {
  if (thrown instanceof EngineError) {
    const { code, message, retryable, isSecurityEvent } = thrown;
    return { code, message, retryable, ...(isSecurityEvent ? { isSecurityEvent } : {}) };
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal_error', message: `The local model failed: ${withoutPaths(detail)}`, retryable: false };
}
