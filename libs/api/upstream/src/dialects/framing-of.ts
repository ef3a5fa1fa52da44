import type { Dialect, Framing } from './dialect';

/** How an answer of this content type is cut; `whole` is one JSON document although a stream was asked for. */
export function framingOf(contentType: string, { framing }: Pick<Dialect, 'framing'>): Framing | 'whole' {
  if (contentType.includes('event-stream')) return 'events';
  if (/ndjson|jsonl|json-lines|json-seq|stream\+json/.test(contentType)) return 'lines';
  if (contentType.includes('json')) return framing === 'lines' ? 'lines' : 'whole';
  return framing;
}
