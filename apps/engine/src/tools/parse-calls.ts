/** A call as a model wrote it. */
export interface GivenCall {
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
}

/** One call as a JSON object, or several with semicolons between them. */
export function objectCalls(body: string): readonly GivenCall[] | null {
  const whole = callOf(parsed(body));
  return whole === null ? allOrNone(body.split(/;\s*(?=\{)/).map((part) => callOf(parsed(part)))) : [whole];
}

/** A list of calls. */
export function nestedCalls(body: string): readonly GivenCall[] | null {
  const list = parsed(body);
  return Array.isArray(list) ? allOrNone(list.map(callOf)) : objectCalls(body);
}

/** A name, and its arguments behind a mark of their own; between them an id may stand. */
export function givenCalls(body: string): readonly GivenCall[] | null {
  const [head = '', ...rest] = body.split('[ARGS]');
  const [name = ''] = head.split('[CALL_ID]');
  const given = parsed(rest.join('[ARGS]'));
  return isObject(given) && name.trim() !== '' ? [{ name: name.trim(), arguments: JSON.stringify(given) }] : null;
}

function callOf(value: unknown): GivenCall | null {
  if (!isObject(value)) return null;
  const { name, arguments: first, parameters: given = first ?? {} } = value;
  const isText = typeof given === 'string' && isObject(parsed(given));
  if (typeof name !== 'string' || name === '' || !(isText || isObject(given))) return null;
  return { name, arguments: typeof given === 'string' ? given : JSON.stringify(given) };
}

function allOrNone(calls: readonly (GivenCall | null)[]): readonly GivenCall[] | null {
  const found = calls.filter((call) => call !== null);
  return found.length === calls.length && found.length > 0 ? found : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
