import { FINISH_REASONS } from '@tandem/shared/contracts';
import { number, oneOf, oneOfOrNull, orNull, record, type SchemaObject } from './schema';

/** How long an answer took. @param title of the schema */
export const timingsOf = (title: string): SchemaObject =>
  record(title, {
    queue_ms: number(0),
    load_ms: number(0),
    ttft_ms: orNull(number(41.2, 'From the request to the first token; null when no token came')),
    total_ms: number(48.1),
    tokens_per_second: orNull(number(53.8, 'After the first token; null when it cannot be told')),
    source: oneOf(['server', 'measured'], '`server`: as the model server reports it; `measured`: as Tandem timed it'),
  });

/** Why a kept answer ended. */
export const FINISH_REASON_OR_NULL = oneOfOrNull(FINISH_REASONS, 'stop');
