import type { ConfiguredModel, Environment } from '@tandem/api/config';
import { DEFAULT_QUEUE, type Deadlines } from '@tandem/api/upstream';
import type { QueueLimits } from '@tandem/shared/concurrency';

/** How many requests a configured model's server gets at once, and how many wait. */
export function queueOf({ entry }: ConfiguredModel, { upstreamMaxConcurrency }: Environment): QueueLimits {
  return { running: entry.max_concurrency ?? upstreamMaxConcurrency, waiting: entry.max_waiting ?? DEFAULT_QUEUE.waiting };
}

/** How long a configured model's server may take. */
export function deadlinesOf({ entry: { deadlines = {} } }: ConfiguredModel, environment: Environment): Partial<Deadlines> {
  const { upstreamConnectSeconds, upstreamHeadersSeconds, upstreamSilenceSeconds, upstreamTotalSeconds } = environment;
  return {
    connectMs: deadlines.connect_ms ?? upstreamConnectSeconds * 1_000,
    headersMs: deadlines.headers_ms ?? upstreamHeadersSeconds * 1_000,
    silenceMs: deadlines.silence_ms ?? upstreamSilenceSeconds * 1_000,
    totalMs: deadlines.total_ms ?? (upstreamTotalSeconds * 1_000 || Number.POSITIVE_INFINITY),
  };
}
