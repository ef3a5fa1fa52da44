import type { ApiResponseOptions } from '@nestjs/swagger';
import { count, flag, listOf, number, oneOf, orNull, record, text, time } from '@tandem/api/platform';

export const HEALTH_REPORT_SCHEMA = record('HealthReport', {
  status: oneOf(['healthy', 'degraded', 'loading', 'unhealthy', 'unknown']),
  healthy: flag(false, 'Whether a prompt can be expected to be answered now'),
  model: text('llama-3-8b', 'Its id'),
  endpoint: text('localhost:8000'),
  latency_ms: orNull(number(3.1, 'How long the check took; null when none was made')),
  checked_at: orNull(time('ISO 8601, UTC; null when it was never checked')),
  detail: text('Nothing listens at localhost:8000.', 'What was found'),
  hint: text('Start the model server.', 'What to do; empty when nothing is needed'),
});

export const HEALTH_LIST_SCHEMA = record('HealthListBody', { status: oneOf(['success']), models: listOf(HEALTH_REPORT_SCHEMA), count: count(1) });

const HEALTHY = {
  status: 'healthy',
  healthy: true,
  model: 'llama-3-8b',
  endpoint: 'localhost:8000',
  latency_ms: 3.1,
  checked_at: '2026-11-20T14:30:00.000Z',
  detail: 'localhost:8000 serves "llama-3-8b".',
  hint: '',
};

export const HEALTH_STREAM: ApiResponseOptions = {
  status: 200,
  description:
    'Server-sent events without names; the `data` of each is one report as JSON: first the last known one of every model, ' +
    'then one per change. It ends when the server shuts down.',
  content: { 'text/event-stream': { schema: HEALTH_REPORT_SCHEMA, example: HEALTHY } },
};

export const ALIVE_SCHEMA = record('AliveBody', { status: oneOf(['success']) });
