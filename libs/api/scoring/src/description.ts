import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { FAULT_EXAMPLES } from '@tandem/api/faults';
import { ApiFaults, FRAME_ERROR, record, type SchemaObject } from '@tandem/api/openapi';
import { DIVERGENCE, SCORE } from './score-schemas';
import { SERIES, SERIES_LIST } from './series-schemas';
import { SeriesRequestDto } from './series-request.dto';
import { DivergenceRequestDto, ScoreRequestDto } from './scoring-requests.dto';

const text = 'The river runs to the sea.';
const messages = [{ role: 'user', content: 'Where does the river run?' }];
const pair = { baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-chat' };

const done = (value: boolean): SchemaObject => ({ type: 'boolean', enum: [value] });
const PROGRESS = record('ScoringProgress', { done: done(false), progress: { type: 'number', minimum: 0, maximum: 1, example: 0.4 } });
const FAILED = record('ScoringFailed', { done: done(true), error: FRAME_ERROR });
const { code, message, retryable } = FAULT_EXAMPLES.model_unloaded.example;

/** The same result in both shapes: at once, or behind how far it is. */
function answer(name: 'score' | 'divergence' | 'series', title: 'Score' | 'Divergence' | 'Series', result: SchemaObject): MethodDecorator {
  const body = record(`${title}Body`, { status: { type: 'string', enum: ['success'] }, [name]: result });
  const last = record(`${title}Done`, { done: done(true), [name]: result });
  return applyDecorators(
    ApiResponse({
      status: 200,
      description: `As JSON; or, for \`Accept: text/event-stream\`, as server-sent events without names, each \`data\` one of these as JSON: at most ten a second tell how far it is, exactly one is \`done\`. In silence a comment comes every 15 s.`,
      content: {
        'application/json': { schema: body },
        'text/event-stream': {
          schema: { title: `${title}Event`, anyOf: [PROGRESS, last, FAILED] } as SchemaObject,
          examples: {
            progress: { summary: 'How far it is', value: { done: false, progress: 0.4 } },
            error: { summary: 'It failed on the way', value: { done: true, error: { code, message, retryable } } },
          },
        },
      },
    }),
    ApiFaults(
      'context_length_exceeded',
      'model_not_found',
      'scoring_unsupported',
      'model_invalid',
      'insufficient_memory',
      'disk_full',
      'model_unloaded',
      'local_model_crashed',
      'upstream_unreachable',
      'upstream_timeout',
      'upstream_auth',
      'upstream_error',
      'upstream_rate_limited',
      'local_inference_unavailable',
      'queue_full',
      'server_restarting',
    ),
  );
}

export const ApiScore = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: ScoreRequestDto,
      examples: {
        text: { summary: 'A text alone', value: { model: 'tandem-tiny-base', text, top_logprobs: 3 } },
        answer: { summary: 'An answer', value: { model: 'tandem-tiny-chat', messages, text } },
      },
    }),
    answer('score', 'Score', SCORE),
  );

export const ApiDivergence = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: DivergenceRequestDto,
      examples: {
        text: { summary: 'Over a text alone', value: { ...pair, text } },
        answer: { summary: 'Over an answer', value: { ...pair, messages, text, top_logprobs: 8 } },
      },
    }),
    answer('divergence', 'Divergence', DIVERGENCE),
  );

export const ApiSeries = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: SeriesRequestDto,
      examples: {
        dial: {
          summary: 'Less and more of an adapter',
          value: {
            baseline: { model: 'sft/tandem-tiny-chat.gguf' },
            derivatives: [0, 0.5, 1].map((adapter_scale) => ({ model: 'my-adapter', adapter_scale })),
            texts: [{ text }],
          },
        },
        training: {
          summary: 'The steps of a training',
          value: {
            baseline: { model: 'run/step-1000.gguf' },
            derivatives: [{ model: 'run/step-2000.gguf' }, { model: 'run/step-3000.gguf' }],
            texts: [{ messages, text }, { text }],
          },
        },
      },
    }),
    answer('series', 'Series', SERIES),
  );

export const ApiSeriesList = (): MethodDecorator => ApiResponse({ status: 200, description: 'The series that are recognised', schema: SERIES_LIST });
