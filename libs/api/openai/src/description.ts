import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';

const failure = (description: string, code: string, param: string, message: string) => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['message', 'type', 'param', 'code', 'retryable'],
            properties: { message: { type: 'string' }, type: { type: 'string' }, param: { type: ['string', 'null'] as never }, code: { type: 'string' }, retryable: { type: 'boolean' } },
          },
        },
      },
      examples: { [code]: { value: { error: { message, type: 'invalid_request_error', param, code, retryable: false } } } },
    },
  },
});

const known = (properties: Record<string, object>) => ({ type: 'object', required: Object.keys(properties), properties, additionalProperties: true });

/** Failures in OpenAI's shape. */
export const ApiRefusal = (): MethodDecorator =>
  ApiResponse({ status: 400, ...failure('The request is not valid', 'invalid_request', 'model', 'model: is required and must be the id of a model.') });

export const ApiRefusals = (): MethodDecorator =>
  applyDecorators(
    ApiRefusal(),
    ApiResponse({ status: 404, ...failure('No such model', 'model_not_found', 'model', 'No model has the id, name or endpoint "nobody".') }),
  );

/** A body of OpenAI's, and its answer, whole or as a stream of chunks. */
export const ApiCompletion = (field: 'messages' | 'prompt', example: object): MethodDecorator =>
  applyDecorators(
    ApiBody({
      schema: known({ model: { type: 'string' }, [field]: field === 'prompt' ? { type: 'string' } : { type: 'array', items: known({ role: { type: 'string' } }) } }) as never,
      examples: { whole: { value: { model: 'tandem-tiny-chat', ...example, max_tokens: 16 } } },
    }),
    ApiResponse({
      status: 200,
      description: 'The answer; with `stream: true` as chunks, which end with `[DONE]`',
      content: {
        'application/json': { schema: known({ id: { type: 'string' }, object: { type: 'string' }, created: { type: 'integer' }, model: { type: 'string' }, choices: { type: 'array', items: known({ index: { type: 'integer' } }) } }) as never },
        'text/event-stream': { schema: { type: 'string' } },
      },
    }),
    ApiRefusals(),
  );

export const MODEL = known({ id: { type: 'string' }, object: { type: 'string' }, created: { type: 'integer' }, owned_by: { type: 'string' } }) as never;
export const MODELS = known({ object: { type: 'string' }, data: { type: 'array', items: MODEL } }) as never;
