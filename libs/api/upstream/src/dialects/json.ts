export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON as model servers write it: NaN and Infinity, which their log-probabilities hold at times, become null. */
export function readJson(text: string): unknown {
  const document = parse(text);
  if (document !== undefined || !(text.includes('NaN') || text.includes('Infinity'))) return document;
  return parse(withoutNonFinite(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NON_FINITE = /-?Infinity\b|NaN\b/y;

/** Goes over each character once: an expression that looks for strings begins anew at each quote of one that was cut. */
function withoutNonFinite(text: string): string {
  const kept: string[] = [];
  let start = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === 'N' || character === 'I' || character === '-')) {
      NON_FINITE.lastIndex = at;
      if (!NON_FINITE.test(text)) continue;
      kept.push(text.slice(start, at), 'null');
      start = NON_FINITE.lastIndex;
      at = start - 1;
    }
  }
  return kept.join('') + text.slice(start);
}

/** More than what a server says of itself has ever held. To build them takes longer than others can wait. */
const MANY_VALUES = 50_000;
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/** Whether a document may hold so many values that it is not to be read at all. Looks at no more than it must to tell. */
export function holdsTooMuch(text: string): boolean {
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code === COMMA || code === BRACKET || code === BRACE) && ++values > MANY_VALUES) return true;
  }
  return false;
}

/** A non-negative integer, or undefined: some servers report -1 or null for what they do not know. */
export function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
