import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { FAULT_EXAMPLES } from '@tandem/api/faults';
import { ApiFaults, count, FRAME_ERROR, listOf, oneOf, record, type SchemaObject, text, timingsOf } from '@tandem/api/openapi';
import { FINISH_REASONS, PARAMETER_RANGES } from '@tandem/shared/contracts';

const token = text('Hello', 'A piece of the text');
const noToken: SchemaObject = { type: 'string', enum: [''] };
const done = (value: boolean): SchemaObject => ({ type: 'boolean', enum: [value] });

const TOKEN = record(
  'TokenFrame',
  { token, done: done(false), reasoning: { type: 'boolean', enum: [true], description: "A thinking model's thoughts, not its answer" } },
  { optional: ['reasoning'] },
);

const TOOL_CALL = record('ToolCallFrame', {
  token: noToken,
  done: done(false),
  tool_call: record(
    'ToolCallPiece',
    {
      index: { type: 'integer', minimum: 0, example: 0 },
      id: text('call_1'),
      name: text('weather'),
      arguments: text('{"city":"Paris"}', 'A piece of their JSON'),
    },
    { optional: ['id', 'name'], description: 'A tool that the model calls; id and name come in the first piece' },
  ),
});

const PHASE = record(
  'PhaseFrame',
  {
    token: noToken,
    done: done(false),
    phase: oneOf(['queued', 'converting', 'loading', 'prompt'], 'What it waits for; only before the first token'),
    progress: { type: 'number', minimum: 0, maximum: 1, example: 0.4 },
    position: { type: 'integer', minimum: 1, example: 1, description: 'Place in the queue, 1 is next; only with `queued`' },
  },
  { optional: ['progress', 'position'] },
);

const USAGE = record('Usage', { prompt_tokens: count(5), completion_tokens: count(1), total_tokens: count(6) });

const END = record(
  'EndFrame',
  {
    token: noToken,
    done: done(true),
    finish_reason: oneOf(FINISH_REASONS),
    error: FRAME_ERROR,
    usage: USAGE,
    timings: timingsOf('Timings'),
    seed: { type: 'integer', minimum: 0, maximum: PARAMETER_RANGES.seed.max, example: 7, description: 'The one that was used' },
    ignored_parameters: listOf({ type: 'string' }, 'Sampling parameters that this model server cannot take'),
  },
  {
    description: 'The last frame, exactly one. With an `error` the answer is not complete.',
    optional: ['finish_reason', 'error', 'usage', 'ignored_parameters'],
  },
);

const timings = { queue_ms: 0, load_ms: 0, ttft_ms: 41.2, total_ms: 48.1, tokens_per_second: null, source: 'measured' };
const error = { code: 'upstream_incomplete', message: FAULT_EXAMPLES.upstream_incomplete.example.message, retryable: true };

const EXAMPLES = {
  token: { summary: 'A piece of the text', value: { token: 'Hello', done: false } },
  phase: { summary: 'What it waits for', value: { token: '', done: false, phase: 'loading', progress: 0.4 } },
  end: {
    summary: 'The end of a complete answer',
    value: { token: '', done: true, finish_reason: 'stop', usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 }, timings, seed: 7 },
  },
  error: { summary: 'The end of an answer that is not complete', value: { token: '', done: true, error, timings, seed: 7 } },
};

const ON_THE_WIRE = `\`\`\`
id: 3f9c2a.1
data: ${JSON.stringify(EXAMPLES.token.value)}

id: 3f9c2a.2
data: ${JSON.stringify(EXAMPLES.end.value)}
\`\`\``;

/** The stream of frames, as OpenAPI describes it. */
const FRAME_STREAM: ApiResponseOptions = {
  status: 200,
  description: `Server-sent events without names; the \`data\` of each is one frame as JSON, its \`id\` is \`<stream_id>.<n>\`. Joined together, the tokens are the answer. Exactly one frame is \`done\`; then the connection closes. In silence a comment comes every 15 s.

${ON_THE_WIRE}`,
  content: { 'text/event-stream': { schema: { title: 'StreamFrame', anyOf: [TOKEN, TOOL_CALL, PHASE, END] }, examples: EXAMPLES } },
  headers: { 'X-Stream-Id': { description: 'Names the stream, for `/stream/{stream_id}`', required: true, schema: text('3f9c2a') } },
};

export const ApiFrames = (): MethodDecorator => ApiResponse(FRAME_STREAM);

/** The frames of a new answer, and what is answered before it starts. */
export const ApiAnswer = (): MethodDecorator =>
  applyDecorators(
    ApiFrames(),
    ApiFaults(
      'context_length_exceeded',
      'model_not_found',
      'model_invalid',
      'insufficient_memory',
      'disk_full',
      'model_unloaded',
      'local_model_crashed',
      'upstream_error',
      'upstream_rate_limited',
      'local_inference_unavailable',
      'queue_full',
      'server_restarting',
    ),
  );

export const STOPPED_SCHEMA = record('StoppedBody', { status: oneOf(['success']), stream_id: text('3f9c2a') });

export const STREAM_ID = { name: 'stream_id', type: String, description: 'From `X-Stream-Id`, or the `id` of any frame up to its dot', example: '3f9c2a' };

export const FRAME_ID = { type: 'string', pattern: '^[0-9a-f]{1,64}\\.[0-9]{1,15}$', example: '3f9c2a.1' } as const;
