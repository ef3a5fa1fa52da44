import type { ApiResponseOptions } from '@nestjs/swagger';
import { HEALTH_CAUSES } from '@tandem/shared/contracts';
import { count, flag, listOf, number, oneOf, orNull, record, text, time } from '@tandem/api/openapi';

const IDENTITY_SCHEMA = record('ModelIdentity', {
  model: text('llama-3-8b', 'The name it answers under'),
  server: orNull(text('vLLM', 'Which software it is')),
  version: orNull(text('0.9.1')),
  context_length: orNull(count(8192)),
  base: orNull(text('Llama-3-8B', 'What a LoRA lies over, or the files it is made of')),
});

const STATES = ['healthy', 'degraded', 'loading', 'unhealthy', 'unknown'];

export const HEALTH_REPORT_SCHEMA = record('HealthReport', {
  status: oneOf(STATES),
  healthy: flag(false, 'Whether a prompt can be expected to be answered now'),
  model: text('llama-3-8b', 'Its id'),
  endpoint: text('localhost:8000'),
  latency_ms: orNull(number(3.1, 'How long the check took; null when none was made')),
  checked_at: orNull(time('ISO 8601, UTC; null when it was never checked')),
  cause: orNull({ ...oneOf(HEALTH_CAUSES), title: 'HealthCause' }, 'What is wrong; null for what is well, loads or says nothing of itself'),
  last_answer_at: orNull(time('When its server last answered a check, whatever it said; null when it has not since the start')),
  detail: text('Nothing listens at localhost:8000.', 'What was found'),
  hint: text('Start the model server.', 'What to do; empty when nothing is needed'),
  identity: orNull(IDENTITY_SCHEMA),
});

export const MODEL_TEST_SCHEMA = record('ModelTestBody', {
  status: oneOf(['success']),
  health: oneOf(STATES),
  healthy: flag(false, 'Whether a prompt can be expected to be answered'),
  latency_ms: orNull(number(3.1, 'How long the check took')),
  cause: orNull({ ...oneOf(HEALTH_CAUSES), title: 'HealthCause' }, 'What is wrong; null for what is well, loads or says nothing of itself'),
  detail: text('Nothing listens at localhost:8000.', 'What was found'),
  hint: text('Start the model server.', 'What to do; empty when nothing is needed'),
  identity: orNull(IDENTITY_SCHEMA),
});

export const HEALTH_LIST_SCHEMA = record('HealthListBody', { status: oneOf(['success']), models: listOf(HEALTH_REPORT_SCHEMA), count: count(1) });

const HEALTHY = {
  status: 'healthy',
  healthy: true,
  model: 'llama-3-8b',
  endpoint: 'localhost:8000',
  latency_ms: 3.1,
  checked_at: '2026-11-20T14:30:00.000Z',
  cause: null,
  last_answer_at: '2026-11-20T14:30:00.000Z',
  detail: 'localhost:8000 serves "llama-3-8b".',
  hint: '',
  identity: { model: 'llama-3-8b', server: 'vLLM', version: '0.9.1', context_length: 8192, base: 'Llama-3-8B' },
};

export const HEALTH_STREAM: ApiResponseOptions = {
  status: 200,
  description:
    'Server-sent events without names; the `data` of each is one report as JSON: first the last known one of every model, ' +
    'then one per change. It ends when the server shuts down.',
  content: { 'text/event-stream': { schema: HEALTH_REPORT_SCHEMA, example: HEALTHY } },
};

export const ALIVE_SCHEMA = record('AliveBody', { status: oneOf(['success']) });
