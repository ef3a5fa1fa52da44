import { ApiExtension } from '@nestjs/swagger';
import { FAULT_CODES, type FaultCode } from '@tandem/shared/contracts';
import { errorBodyOf, type Fault, FAULT_EXAMPLES, openAiErrorOf } from '@tandem/api/faults';
import type { RoutePolicy } from '@tandem/api/http';
import { flag, oneOf, record, type SchemaObject, text } from './schema';

const REQUEST_ID = '3f0c6e4c-5b0e-4d4e-9e53-6f3f2b0f7c11';

const FAULT_CODE: SchemaObject = { ...oneOf(FAULT_CODES, 'Clients may branch on these'), title: 'FaultCode' };

const frameError = {
  code: FAULT_CODE,
  message: text(FAULT_EXAMPLES.model_not_found.example.message, 'One clear sentence: what, why, what to do'),
  retryable: flag(false, 'Whether the same request may succeed when sent again'),
};

/** The `error` of a stream's last frame. */
export const FRAME_ERROR: SchemaObject = record('FrameError', frameError);

const ERROR_BODY: SchemaObject = record('ErrorBody', {
  status: oneOf(['error']),
  error: record(
    'RequestError',
    {
      ...frameError,
      param: text('model', 'The request field at fault'),
      line: { type: 'integer', minimum: 1, example: 3, description: 'Of a file that was sent: the line at fault' },
      field: text('check', 'Of a file that was sent: the field at fault'),
      request_id: text(REQUEST_ID, 'As in `X-Request-Id` and in the log'),
    },
    { optional: ['param', 'line', 'field'] },
  ),
});

/** The same for the clients of OpenAI's API. */
export const OPENAI_ERROR: SchemaObject = record('OpenAiError', {
  error: record('OpenAiErrorDetail', {
    message: text('No model has the id, name or endpoint "nobody".'),
    type: text('invalid_request_error'),
    param: { type: ['string', 'null'] as never, example: 'model' },
    code: FAULT_CODE,
    retryable: flag(false, 'Whether the same request may succeed when sent again'),
  }),
});

type Shape = RoutePolicy['errors'];

/** The faults that a route answers with before its first byte, besides those that every route may have: read when the document is put together. */
export const ApiFaults = (...codes: FaultCode[]): MethodDecorator => ApiExtension('x-faults', codes);

export interface FaultResponse {
  readonly description: string;
  readonly headers?: Record<string, object>;
  readonly content: Record<string, object>;
}

/** What an operation answers for these faults, by HTTP status. */
export function faultResponses(codes: readonly FaultCode[], shape: Shape = 'tandem'): Map<number, FaultResponse> {
  const statuses = [...new Set(codes.map((code) => FAULT_EXAMPLES[code].example.status))].sort((one, other) => one - other);
  const known = [...new Set(codes)].sort();
  return new Map(
    statuses.map((status) => [
      status,
      responseOf(
        known.filter((code) => FAULT_EXAMPLES[code].example.status === status),
        shape,
      ),
    ]),
  );
}

function responseOf(codes: readonly FaultCode[], shape: Shape): FaultResponse {
  const bodyOf = (fault: Fault): object => (shape === 'openai' ? openAiErrorOf(fault) : errorBodyOf(fault, REQUEST_ID));
  return {
    description: codes.map((code) => `\`${code}\`: ${FAULT_EXAMPLES[code].when}.`).join(' '),
    content: {
      'application/json': {
        schema: shape === 'openai' ? OPENAI_ERROR : ERROR_BODY,
        examples: Object.fromEntries(codes.map((code) => [code, { summary: FAULT_EXAMPLES[code].when, value: bodyOf(FAULT_EXAMPLES[code].example) }])),
      },
    },
  };
}
