import type { FaultCode } from '@tandem/shared/contracts';
import { type EngineFault, withoutPaths } from '@tandem/shared/engine-protocol';

export interface EngineErrorOptions {
  /** Whether the same call may succeed when it is made again. Default: no. */
  readonly retryable?: boolean;
  /** The field of a request that it is about; the message then goes on behind its name. */
  readonly param?: string | undefined;
  /** Somebody may have tampered with a file. Default: no. */
  readonly isSecurityEvent?: boolean;
}

/** A failure that goes back to the caller as it is. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly retryable: boolean;
  readonly param: string | undefined;
  readonly isSecurityEvent: boolean;

  constructor(
    readonly code: FaultCode,
    message: string,
    { retryable = false, param, isSecurityEvent = false }: EngineErrorOptions = {},
  ) {
    super(message);
    this.retryable = retryable;
    this.param = param;
    this.isSecurityEvent = isSecurityEvent;
  }
}

export function engineFaultOf(thrown: unknown): EngineFault {
  if (thrown instanceof EngineError) {
    const { code, message, retryable, param, isSecurityEvent } = thrown;
    return { code, message, retryable, ...(param === undefined ? {} : { param }), ...(isSecurityEvent ? { isSecurityEvent } : {}) };
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal_error', message: `The local model failed: ${withoutPaths(detail)}`, retryable: false };
}
