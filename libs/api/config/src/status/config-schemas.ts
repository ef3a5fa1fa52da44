import { count, oneOf, orNull, record, text, time } from '@tandem/api/openapi';

const LAST_ERROR = record('ConfigError', {
  code: text('s3_timeout'),
  message: text('s3://bucket/config.json: no answer within 5 s.'),
  at: time('ISO 8601, UTC; since when all of it is so: another time is another problem'),
});

export const CONFIG_STATUS_SCHEMA = record('ConfigStatusBody', {
  status: oneOf(['success']),
  source: text('s3', 'Of both lists, joined with + where they differ'),
  version: text('4eecbe640c7e', 'The same content has the same version'),
  etag: orNull(text('"9a0364b9e99bb480dd25e1f0284c8555"')),
  loaded_at: time(),
  next_refresh_at: orNull(time('ISO 8601, UTC; null when it is never read again by itself')),
  last_error: orNull(LAST_ERROR, 'What was wrong with the last refresh'),
  counts: record('ConfigCounts', { baseline: count(1), twodelta: count(1), local: count(2) }),
});
