import { type Body, isSent, wrong } from './request-body';

/** The two routes that are told what to do by fields of the same names. */
export type Route = 'chat' | 'completions';

/** What is read elsewhere, and done for every model or refused there. */
const DONE = [
  'model',
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'repetition_penalty',
  'repeat_penalty',
  'presence_penalty',
  'frequency_penalty',
  'max_tokens',
  'seed',
  'stop',
  'n',
  'best_of',
  'logprobs',
  'response_format',
  'json_schema',
  'guided_json',
];
const OWN: Readonly<Record<Route, readonly string[]>> = {
  chat: ['messages', 'max_completion_tokens', 'top_logprobs', 'tools', 'tool_choice', 'parallel_tool_calls'],
  completions: ['prompt', 'echo'],
};

/** They say who asks, or how the work is organised, and change nothing about the answer. */
export const IDLE: ReadonlySet<string> = new Set([
  'user',
  'metadata',
  'store',
  'service_tier',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'prediction',
  'priority',
  'request_id',
  'cache_salt',
  'cache_prompt',
  'id_slot',
  'slot_id',
  'timings_per_token',
  'return_progress',
  'return_token_ids',
  'return_tokens_as_token_ids',
  'parallel_tool_calls',
  'keep_alive',
]);

/** Fields, and the values of each that change nothing. */
type Harmless = Readonly<Record<string, readonly unknown[]>>;

/** What only some model servers know: passed on to those, unless the value changes nothing. */
export const PASSED: Harmless = {
  logit_bias: [{}],
  reasoning_effort: [],
  verbosity: [],
  chat_template_kwargs: [{}],
  stop_token_ids: [[]],
  ignore_eos: [false],
  min_tokens: [0],
};

/** Known, and refused unless the value changes nothing. */
export const REFUSED: Harmless = {
  suffix: [''],
  echo: [false],
  tools: [[]],
  tool_choice: ['none', 'auto'],
  functions: [[]],
  function_call: ['none', 'auto'],
  modalities: [['text']],
  audio: [],
  web_search_options: [],
  prompt_logprobs: [],
  guided_choice: [],
  guided_regex: [],
  guided_grammar: [],
  structured_outputs: [],
  grammar: [''],
  add_generation_prompt: [true],
  continue_final_message: [false],
  add_special_tokens: [true],
  skip_special_tokens: [true],
  spaces_between_special_tokens: [true],
  include_stop_str_in_output: [false],
  use_beam_search: [false],
  length_penalty: [1],
  typical_p: [1],
  tfs_z: [1],
  mirostat: [0],
  dynatemp_range: [0],
  dry_multiplier: [0],
  xtc_probability: [0],
};

const takenBy = (route: Route): ReadonlySet<string> => new Set([...DONE, ...OWN[route], ...IDLE, ...Object.keys(PASSED)]);
const TAKEN: Readonly<Record<Route, ReadonlySet<string>>> = { chat: takenBy('chat'), completions: takenBy('completions') };

/**
 * Refuses what would change the answer and is not done here, and what is not known at all: nobody can tell what that was
 * meant to change. Gives what only some model servers know.
 * @throws Fault `invalid_request`, which names the field
 */
export function passedFields(body: Body, route: Route): Body {
  refuseUnknown(body, TAKEN[route], REFUSED);
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => Object.hasOwn(PASSED, name) && isSent(value) && !isAmong(PASSED[name], value)));
}

/** `refused`: with the values of each that change nothing. @throws Fault `invalid_request`, which names the field */
export function refuseUnknown(body: Body, taken: ReadonlySet<string>, refused: Harmless): void {
  for (const [name, value] of Object.entries(body)) {
    if (taken.has(name) || !isSent(value)) continue;
    if (!Object.hasOwn(refused, name)) throw wrong(name, 'is not known here. Leave it out');
    if (!isAmong(refused[name], value)) throw wrong(name, 'is not supported here with this value. Leave it out');
  }
}

function isAmong(harmless: readonly unknown[] = [], value: unknown): boolean {
  const text = JSON.stringify(value);
  return harmless.some((one) => JSON.stringify(one) === text);
}
