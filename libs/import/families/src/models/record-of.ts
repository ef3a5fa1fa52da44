import { PickledRecord, type PickledValue } from '@tandem/import/formats';
import type { Fields } from '../fields';

/** A pickled dictionary, or the attributes of a pickled object, by their names. */
export function recordOf(value: PickledValue | undefined): Fields {
  if (value instanceof PickledRecord) return { ...named(value.state), ...named(value.entries) };
  return named(value);
}

function named(value: PickledValue | undefined): Record<string, unknown> {
  if (!(value instanceof Map)) return {};
  return Object.fromEntries([...value].filter(([key]) => typeof key === 'string'));
}
