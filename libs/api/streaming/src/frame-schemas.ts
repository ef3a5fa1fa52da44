import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';

const FRAMES = `id: 3f9c2a.1
data: {"token":"Hello","done":false}

id: 3f9c2a.2
data: {"token":"","done":true,"finish_reason":"stop","usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6},"timings":{"queue_ms":0,"load_ms":0,"ttft_ms":41.2,"total_ms":48.1,"tokens_per_second":null,"source":"measured"},"seed":7}
`;

/** The stream of frames, as OpenAPI describes it. */
export const FRAME_STREAM: ApiResponseOptions = {
  status: 200,
  description:
    'Server-sent events without names. Each `data` is one JSON frame: text (`token`), a phase before the first token ' +
    '(`phase`: queued, loading, prompt), or the one end (`done: true`) with a `finish_reason`, or with an `error` when ' +
    'the answer is not complete. Joined together, the tokens are the answer.',
  content: { 'text/event-stream': { schema: { type: 'string' }, example: FRAMES } },
  headers: { 'X-Stream-Id': { description: 'The id of the stream, for DELETE /stream/{stream_id}', schema: { type: 'string' } } },
};

/** What is answered before a stream starts. */
export const REFUSALS = applyDecorators(
  ApiResponse({ status: 400, description: 'A field is missing, unknown or out of its range, and `param` names it; or the prompt is longer than the context (`context_length_exceeded`)' }),
  ApiResponse({ status: 404, description: 'No such model (`model_not_found`)' }),
  ApiResponse({ status: 413, description: 'The body is larger than 8 MiB' }),
  ApiResponse({ status: 415, description: 'The body is not application/json' }),
  ApiResponse({ status: 422, description: 'A local model cannot be loaded (`model_invalid`), or does not fit (`insufficient_memory`)' }),
  ApiResponse({ status: 503, description: 'The queue of a local model is full (`queue_full`), or the server is restarting; see Retry-After' }),
);
