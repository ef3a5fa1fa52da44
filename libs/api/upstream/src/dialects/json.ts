export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const STRING_OR_NON_FINITE = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Parses JSON as model servers write it: NaN and Infinity, which their log-probabilities hold at times, become null. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(STRING_OR_NON_FINITE, (match) => (match.startsWith('"') ? match : 'null')));
    } catch {
      return undefined;
    }
  }
}

/** A non-negative integer, or undefined: some servers report -1 or null for what they do not know. */
export function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
