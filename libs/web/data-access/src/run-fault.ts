import type { ErrorBody, FaultCode } from '@tandem/shared/contracts';

/** Why there is no answer, or no complete one: what the server said, or what the browser found on the way to it. */
export interface RunFault {
  readonly code: FaultCode | 'server_unreachable' | 'connection_lost' | 'unreadable_answer';
  /** One sentence: what, why, what to do. */
  readonly message: string;
  readonly retryable: boolean;
  /** The request field at fault, where there is one. */
  readonly param?: string;
}

/** A fault on its way to whoever shows it. */
export class RunFailure extends Error {
  constructor(
    readonly fault: RunFault,
    options?: ErrorOptions,
  ) {
    super(fault.message, options);
    this.name = 'RunFailure';
  }
}

export const SERVER_UNREACHABLE: RunFault = {
  code: 'server_unreachable',
  message: 'The Tandem server cannot be reached. Check that it is running, then retry.',
  retryable: true,
};

export const CONNECTION_LOST: RunFault = {
  code: 'connection_lost',
  message: 'Connection lost: the answer broke off before its end. What arrived is kept; retry asks again.',
  retryable: true,
};

export const ANSWER_GONE: RunFault = {
  code: 'stream_not_found',
  message:
    'The connection was lost, and the server no longer has the rest of this answer: it was restarted, or too much time passed. What arrived is kept; retry asks again.',
  retryable: true,
};

export const UNREADABLE_ANSWER: RunFault = {
  code: 'unreadable_answer',
  message: 'The server sent something this page cannot read. Reload the page, in case it is older than the server.',
  retryable: true,
};

/** The fault in a failed response; a proxy's page, which is not our JSON, is named by its status. */
export async function faultOfResponse(response: Response): Promise<RunFault> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isErrorBody(body)) {
    const { code, message, retryable, param } = body.error;
    return { code, message, retryable, ...(param === undefined ? {} : { param }) };
  }
  return {
    code: 'internal_error',
    message: `The server answered ${response.status} without saying why. Retry, or look at its log.`,
    retryable: response.status >= 500,
  };
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object' && body.error !== null && 'message' in body.error;
}
