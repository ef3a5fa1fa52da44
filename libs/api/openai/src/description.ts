import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { flag, record, text } from '@tandem/api/platform';
import { CHAT_ANSWER, CHAT_CHUNK, MODEL, MODELS, TEXT_ANSWER } from './answer-schemas';
import { CHAT_REQUEST, TEXT_REQUEST } from './request-schemas';

interface Example {
  readonly code: string;
  readonly type: string;
  readonly param: string | null;
  readonly message: string;
  readonly retryable?: boolean;
}

const ERROR = record('OpenAiError', {
  error: record('OpenAiErrorDetail', {
    message: text('No model has the id, name or endpoint "nobody".'),
    type: text('invalid_request_error'),
    param: { type: ['string', 'null'] as never, example: 'model' },
    code: text('model_not_found'),
    retryable: flag(false, 'Whether the same request may succeed when sent again'),
  }),
});

const failure = (status: number, description: string, ...examples: Example[]): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: {
      'application/json': {
        schema: ERROR as never,
        examples: Object.fromEntries(examples.map(({ message, type, param, code, retryable = false }) => [code, { value: { error: { message, type, param, code, retryable } } }])),
      },
    },
  });

const server = { type: 'server_error', param: null, retryable: true };

/** Failures in OpenAI's shape. */
export const ApiRefusal = (): MethodDecorator =>
  failure(400, 'The request is not valid', { code: 'invalid_request', type: 'invalid_request_error', param: 'model', message: 'model: is required and must be the id of a model.' });

export const ApiRefusals = (): MethodDecorator =>
  applyDecorators(
    ApiRefusal(),
    failure(404, 'No such model', { code: 'model_not_found', type: 'invalid_request_error', param: 'model', message: 'No model has the id, name or endpoint "nobody".' }),
  );

const AnswerFailures = (): MethodDecorator =>
  applyDecorators(
    ApiRefusals(),
    failure(422, 'The model file cannot be loaded', { code: 'model_invalid', type: 'invalid_request_error', param: null, message: 'This is not a GGUF file.' }),
    failure(429, 'Too many requests; `Retry-After` says when to try again', { ...server, code: 'upstream_rate_limited', type: 'rate_limit_error', message: 'The model server has too many requests: try again in 5 s.' }),
    failure(502, 'The model server failed', { ...server, code: 'upstream_error', message: 'The model server failed: look into its log, then try again.' }),
    failure(503, 'No place, or restarting; `Retry-After` says when to try again', { ...server, code: 'server_restarting', message: 'The server is restarting. Send the prompt again in a moment.' }),
  );

/** A body of OpenAI's, and its answer, whole or as a stream of chunks. */
const completion = (request: object, answer: object, chunk: object, example: object): MethodDecorator =>
  applyDecorators(
    ApiBody({
      schema: request as never,
      examples: { whole: { value: { model: 'tandem-tiny-chat', ...example, max_tokens: 16 } }, stream: { value: { model: 'tandem-tiny-chat', ...example, max_tokens: 16, stream: true, stream_options: { include_usage: true } } } },
    }),
    ApiResponse({
      status: 200,
      description: 'The answer; with `stream: true` as chunks, each the `data` of one event, which end with `[DONE]`. An answer that breaks off ends with an error in place of that.',
      content: { 'application/json': { schema: answer as never }, 'text/event-stream': { schema: { anyOf: [chunk, ERROR] } as never } },
      headers: { 'X-Stream-Id': { description: 'Names the stream, for `DELETE /stream/{stream_id}`', required: true, schema: text('3f9c2a') as never } },
    }),
    AnswerFailures(),
  );

export const ApiChat = (): MethodDecorator => completion(CHAT_REQUEST, CHAT_ANSWER, CHAT_CHUNK, { messages: [{ role: 'user', content: 'What is Tandem?' }] });

export const ApiText = (): MethodDecorator => completion(TEXT_REQUEST, TEXT_ANSWER, TEXT_ANSWER, { prompt: 'The river' });

export { MODEL, MODELS };
