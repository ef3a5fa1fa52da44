import type { ToolCall } from '@tandem/shared/contracts';
import type { OfferedTools } from '@tandem/shared/engine-protocol';

/** Puts marks into what is no plain text of a conversation. */
export type Breaking = (text: string) => string;

/** Some templates take no other ids. */
const ID = /^[a-zA-Z0-9]{9}$/;

/** Tools as templates are given them. Each name begins with a mark, which shows where a template writes it. */
export function toolValues(tools: OfferedTools['definitions'], mark: string, breaking: Breaking): unknown[] {
  return tools.map(({ name, description = '', parameters = { type: 'object', properties: {} } }) => ({
    type: 'function',
    function: { name: mark + name, description: breaking(description), parameters: brokenIn(parameters, breaking) },
  }));
}

/** Calls of an earlier answer as templates are given them: with their arguments as a value. */
export function callValues(calls: readonly ToolCall[], mark: string, breaking: Breaking): unknown[] {
  return calls.map(({ id, name, arguments: given }) => ({
    id: idOf(id),
    type: 'function',
    function: { name: mark + name, arguments: brokenIn(valueOf(given), breaking) },
  }));
}

/** The same for the same id. */
export function idOf(id: string): string {
  if (ID.test(id)) return id;
  let hash = 0;
  for (let at = 0; at < id.length; at++) hash = (hash * 31 + id.charCodeAt(at)) % 36 ** 9;
  return hash.toString(36).padStart(9, '0');
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}

function brokenIn(value: unknown, breaking: Breaking): unknown {
  if (typeof value === 'string') return breaking(value);
  if (Array.isArray(value)) return value.map((inner) => brokenIn(inner, breaking));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [breaking(key), brokenIn(inner, breaking)]));
}
