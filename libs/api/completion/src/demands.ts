/** Answers that are JSON: any object, or what a schema describes. */
export type JsonFormat =
  { readonly type: 'json_object' } | { readonly type: 'json_schema'; readonly name: string; readonly schema: unknown; readonly strict?: boolean };

/** A tool that a model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of its arguments. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}

/**
 * What OpenAI's clients may ask for beyond the sampling values that every model takes. A source refuses what it cannot do
 * before the answer begins, but for `isRaw`: a model server that only chats is given the text as a user's message.
 */
export interface Demands {
  /** The one message is text to go on with, and no turn of a conversation: no chat template is put around it. */
  readonly isRaw?: true;
  /** The prompt as the model's own tokens, in place of the messages. */
  readonly promptTokens?: readonly number[];
  /** The prompt is told again before what follows it; `isAlone`: nothing follows. Local models tell it without an answer. */
  readonly echo?: { readonly isAlone: boolean };
  readonly format?: JsonFormat;
  /** How many of the likeliest tokens are told for each token of the answer. */
  readonly logprobs?: number;
  /** Taken once from what was said before, from -2 to 2. */
  readonly presencePenalty?: number;
  /** Taken for every time that something was said before, from -2 to 2. */
  readonly frequencyPenalty?: number;
  /** Tokens that are less likely than this share of the likeliest are left out, from 0 to 1. */
  readonly minP?: number;
  /** Some messages have images. */
  readonly images?: true;
  readonly tools?: readonly ToolDefinition[];
  /** Whether tools are called, or which one. The model decides where it is left out. */
  readonly toolChoice?: 'none' | 'required' | { readonly name: string };
  /** Whether an answer may call several. */
  readonly parallelToolCalls?: boolean;
  /** What only some model servers know, in the words of the request. */
  readonly passed?: Readonly<Record<string, unknown>>;
}

/** What not every model can do. */
export type Demand = Exclude<keyof Demands, 'isRaw' | 'passed'>;

/** What each is called in a request. */
const FIELDS: Readonly<Record<Demand, string>> = {
  echo: 'echo',
  format: 'response_format',
  logprobs: 'logprobs',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  minP: 'min_p',
  promptTokens: 'prompt',
  images: 'image_url',
  tools: 'tools',
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
};

/** What is demanded, and the name of its field in the request. */
export function demandedFields(demands: Demands = {}): readonly (readonly [Demand, string])[] {
  return (Object.keys(FIELDS) as Demand[]).filter((demand) => demands[demand] !== undefined).map((demand) => [demand, FIELDS[demand]]);
}
