import { givenCalls, type GivenCall, nestedCalls, objectCalls } from './parse-calls';

/** How a model writes the tools that it calls. */
export interface CallFormat {
  /** What begins a call; null where an answer that is a JSON object is one. */
  readonly begin: string | null;
  /** What else may stand before a call, and means nothing. */
  readonly aside?: string;
  /** What ends a call; null where the end of the answer does, or the next call. */
  readonly end: string | null;
  /** What a call's arguments are called in its JSON. */
  readonly field: 'arguments' | 'parameters';
  /** Whether what begins a call is a control token, which no grammar lets through: it is part of the prompt where a call is a must. */
  readonly isControl?: true;
  /** The calls within these marks; null where it is none. */
  parse(body: string): readonly GivenCall[] | null;
  /** What stands between the marks, as a rule; `calls` is one call of those that may be made, or several. */
  rule(call: string, isParallel: boolean): string;
}

/** Hermes, Qwen and many others. */
const HERMES: CallFormat = {
  begin: '<tool_call>',
  end: '</tool_call>',
  field: 'arguments',
  parse: objectCalls,
  rule: (call, isParallel) => `gap one${isParallel ? ' ( gap one ){0,7}' : ''}\none ::= "<tool_call>" gap ${call} gap "</tool_call>"`,
};

const LLAMA: CallFormat = { begin: null, aside: '<|python_tag|>', end: null, field: 'parameters', parse: objectCalls, rule: (call) => `gap ${call}` };

const MISTRAL: CallFormat = {
  begin: '[TOOL_CALLS]',
  end: null,
  field: 'arguments',
  isControl: true,
  parse: (body) => (body.includes('[ARGS]') ? givenCalls(body) : nestedCalls(body)),
  rule: (call, isParallel) => `" "? "[" ${call}${isParallel ? ` ( "," " "? ${call} ){0,7}` : ''} "]"`,
};

/** Marks of forms that hold something else between the same marks. */
const OTHER_FORMS = ['<function=', '<arg_key>', '<tool_sep>', '[ARGS]'];

/** How a model writes calls, by its chat template; undefined where that cannot be told. */
export function callFormatOf(template: string): CallFormat | undefined {
  const has = (text: string): boolean => template.includes(text);
  if (has('[TOOL_CALLS]')) return MISTRAL;
  if (OTHER_FORMS.some(has)) return undefined;
  if (has('<tool_call>') && has('</tool_call>')) return HERMES;
  return has('"parameters": dictionary') || has('<|python_tag|>') ? LLAMA : undefined;
}
