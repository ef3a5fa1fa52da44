import type { Fault } from './fault';

/** A failed answer in the shape that OpenAI's clients read, for the routes below `/v1`. */
export function openAiErrorOf(fault: Fault): { error: { message: string; type: string; param: string | null; code: string; retryable: boolean } } {
  return { error: { message: fault.message, type: typeOf(fault.status), param: fault.param ?? null, code: fault.code, retryable: fault.retryable } };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
