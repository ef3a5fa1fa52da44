import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiParam, ApiResponse } from '@nestjs/swagger';
import { ApiFaults, type SchemaObject } from '@tandem/api/openapi';
import type { FaultCode } from '@tandem/shared/contracts';
import { BLIND_BODY, COMPARISON_BODY, REVEAL_BODY, VOTE_BODY } from './comparison-schemas';
import { BlindRequestDto } from './blind/blind-request.dto';
import { ComparisonChangeDto, ComparisonRequestDto } from './requests/comparison.dto';
import { BlindVoteDto, VoteDto } from './votes/vote.dto';

const ID = { name: 'id', type: String, description: 'Of the comparison', example: '019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10' };

const answer = (model: string, text: string): object => ({
  model,
  identity: { model: `${model}.gguf` },
  text,
  thoughts: null,
  finish_reason: 'stop',
  error: null,
  usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 41.2, total_ms: 130.5, tokens_per_second: 53.8, source: 'measured' },
  seed: 7,
  ignored_parameters: [],
});
const pair = { baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-chat' };
const turn = { prompt: 'What is a tandem?', baseline: answer(pair.baseline, 'The river runs.'), derivative: answer(pair.derivative, 'A bicycle for two.') };

/** What is answered with one thing, and how else it may end. */
export const ApiThing = (status: 200 | 201, description: string, schema: SchemaObject, ...faults: FaultCode[]): MethodDecorator =>
  applyDecorators(ApiResponse({ status, description, schema }), ApiFaults('store_unavailable', ...faults));

/** Of a route about one comparison. */
export const ApiOfOne = (): MethodDecorator => applyDecorators(ApiParam(ID), ApiFaults('store_unavailable', 'not_found'));

export const ApiKeep = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: ComparisonRequestDto,
      examples: {
        turn: {
          summary: 'One turn',
          value: {
            title: 'Bicycles',
            note: '',
            ...pair,
            system: null,
            parameters: { baseline: { temperature: 0 }, derivative: { temperature: 0 } },
            config_version: null,
            turns: [turn],
          },
        },
        least: {
          summary: 'The least that can be kept',
          value: { ...pair, turns: [{ prompt: 'Hello', baseline: { model: pair.baseline, text: 'Hi' }, derivative: { model: pair.derivative, text: '' } }] },
        },
      },
    }),
    ApiThing(201, 'It is kept', COMPARISON_BODY),
  );

export const ApiChange = (): MethodDecorator =>
  applyDecorators(
    ApiParam(ID),
    ApiBody({ type: ComparisonChangeDto, examples: { title: { summary: 'Another title', value: { title: 'Bicycles, second epoch' } } } }),
    ApiThing(200, 'As it is now', COMPARISON_BODY, 'not_found'),
  );

export const ApiVote = (status: 200 | 201, description: string, ...faults: FaultCode[]): MethodDecorator =>
  applyDecorators(
    ApiParam(ID),
    ApiBody({ type: VoteDto, examples: { vote: { summary: 'For the derivative', value: { turn: 0, choice: 'derivative', blind: false } } } }),
    ApiThing(status, description, VOTE_BODY, 'not_found', ...faults),
  );

export const ApiBlind = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: BlindRequestDto,
      examples: {
        blind: { summary: 'One prompt', value: { ...pair, messages: [{ role: 'user', content: 'What is a tandem?' }], parameters: { max_tokens: 16 } } },
      },
    }),
    ApiThing(
      201,
      'Both answer. Follow each with `GET /stream/{stream_id}`',
      BLIND_BODY,
      'model_not_found',
      'context_length_exceeded',
      'model_invalid',
      'insufficient_memory',
      'disk_full',
      'local_inference_unavailable',
      'upstream_error',
      'upstream_rate_limited',
      'queue_full',
      'server_restarting',
    ),
  );

export const ApiBlindVote = (): MethodDecorator =>
  applyDecorators(
    ApiParam({ ...ID, description: 'Of the blind comparison' }),
    ApiBody({ type: BlindVoteDto, examples: { left: { summary: 'For the left one', value: { choice: 'left' } } } }),
    ApiThing(200, 'Counted, and who was who', REVEAL_BODY, 'not_found', 'conflict'),
  );

export const ApiBlindSeen = (): MethodDecorator =>
  applyDecorators(
    ApiParam({ ...ID, description: 'Of the blind comparison' }),
    ApiThing(200, 'What was chosen, and who was who', REVEAL_BODY, 'not_found', 'conflict'),
  );
