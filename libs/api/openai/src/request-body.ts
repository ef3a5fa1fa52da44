import { Fault } from '@tandem/api/faults';

export type Body = Readonly<Record<string, unknown>>;

/** Clients send null for what they leave open. */
export function isSent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function wrong(field: string, rule: string): Fault {
  return new Fault('invalid_request', `${field}: ${rule}.`, { param: field });
}
