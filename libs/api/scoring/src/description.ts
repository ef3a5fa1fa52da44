import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { FAULT_EXAMPLES } from '@tandem/api/faults';
import { ApiFaults, FRAME_ERROR, record, type SchemaObject } from '@tandem/api/openapi';
import type { FaultCode } from '@tandem/shared/contracts';
import { ParityRequestDto } from './parity/parity-request.dto';
import { PARITY } from './parity/parity-schemas';
import { DIVERGENCE, SCORE } from './score-schemas';
import type { ScoringWork } from './scoring-responder';
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

const OF_MODELS = [
  'model_not_found',
  'model_invalid',
  'local_model_crashed',
  'upstream_unreachable',
  'upstream_timeout',
  'upstream_auth',
  'upstream_error',
  'upstream_rate_limited',
  'local_inference_unavailable',
  'server_restarting',
] as const;
const OF_SCORES = [...OF_MODELS, 'context_length_exceeded', 'scoring_unsupported', 'insufficient_memory', 'disk_full', 'model_unloaded', 'queue_full'] as const;

/** The same result in both shapes: at once, or behind how far it is. */
function answer(
  name: ScoringWork['name'],
  title: 'Score' | 'Divergence' | 'Parity' | 'Series',
  result: SchemaObject,
  faults: readonly FaultCode[],
): MethodDecorator {
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
    ApiFaults(...faults),
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
    answer('score', 'Score', SCORE, OF_SCORES),
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
    answer('divergence', 'Divergence', DIVERGENCE, OF_SCORES),
  );

export const ApiParity = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: ParityRequestDto,
      examples: {
        prompt: { summary: 'A prompt', value: { ...pair, messages } },
        values: {
          summary: 'With values of its own',
          value: { ...pair, messages, system: 'Answer in one sentence.', parameters: { temperature: 0, seed: 7, max_tokens: 64 } },
        },
      },
    }),
    answer('parity', 'Parity', PARITY, OF_MODELS),
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
    answer('series', 'Series', SERIES, OF_SCORES),
  );

export const ApiSeriesList = (): MethodDecorator => ApiResponse({ status: 200, description: 'The series that are recognised', schema: SERIES_LIST });
