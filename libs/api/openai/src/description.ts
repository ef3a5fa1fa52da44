import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { ApiFaults, OPENAI_ERROR, text } from '@tandem/api/openapi';
import { CHAT_ANSWER, CHAT_CHUNK, MODEL, MODELS, TEXT_ANSWER } from './answer-schemas';
import { RESPONSE, RESPONSE_EVENT, RESPONSE_REQUEST } from './response-schemas';
import { CHAT_REQUEST, TEXT_REQUEST } from './request-schemas';

/** What an answer may fail with before it begins, besides what every request may. */
const AnswerFailures = (): MethodDecorator =>
  ApiFaults(
    'model_not_found',
    'context_length_exceeded',
    'model_invalid',
    'insufficient_memory',
    'model_unloaded',
    'local_model_crashed',
    'local_inference_unavailable',
    'upstream_unreachable',
    'upstream_timeout',
    'upstream_auth',
    'upstream_rate_limited',
    'upstream_rejected',
    'upstream_bad_response',
    'upstream_error',
    'upstream_incomplete',
    'queue_full',
    'server_restarting',
    'no_config',
  );

const STREAM_HEADER = { description: 'Names the stream, for `DELETE /stream/{stream_id}`', required: true, schema: text('3f9c2a') as never };

/** A body of OpenAI's, and its answer, whole or as a stream of chunks. */
const completion = (request: object, answer: object, chunk: object, example: object): MethodDecorator =>
  applyDecorators(
    ApiBody({
      schema: request as never,
      examples: {
        whole: { value: { model: 'tandem-tiny-chat', ...example, max_tokens: 16 } },
        stream: { value: { model: 'tandem-tiny-chat', ...example, max_tokens: 16, stream: true, stream_options: { include_usage: true } } },
      },
    }),
    ApiResponse({
      status: 200,
      description:
        'The answer; with `stream: true` as chunks, each the `data` of one event, which end with `[DONE]`. An answer that breaks off ends with an error in place of that.',
      content: { 'application/json': { schema: answer as never }, 'text/event-stream': { schema: { anyOf: [chunk, OPENAI_ERROR] } as never } },
      headers: { 'X-Stream-Id': STREAM_HEADER },
    }),
    AnswerFailures(),
  );

export const ApiChat = (): MethodDecorator => completion(CHAT_REQUEST, CHAT_ANSWER, CHAT_CHUNK, { messages: [{ role: 'user', content: 'What is Tandem?' }] });

export const ApiText = (): MethodDecorator => completion(TEXT_REQUEST, TEXT_ANSWER, TEXT_ANSWER, { prompt: 'The river' });

export const ApiRespond = (): MethodDecorator => {
  const asked = { model: 'tandem-tiny-chat', input: 'What is Tandem?', max_output_tokens: 16 };
  return applyDecorators(
    ApiBody({ schema: RESPONSE_REQUEST as never, examples: { whole: { value: asked }, stream: { value: { ...asked, stream: true } } } }),
    ApiResponse({
      status: 200,
      description: 'The response; with `stream: true` as events that are named by their type, of which the last has all of it.',
      content: { 'application/json': { schema: RESPONSE as never }, 'text/event-stream': { schema: RESPONSE_EVENT as never } },
      headers: { 'X-Stream-Id': STREAM_HEADER },
    }),
    AnswerFailures(),
  );
};

export { MODEL, MODELS };
