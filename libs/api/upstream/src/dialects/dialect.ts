import type { CompletionEnd, CompletionRequest, Demand } from '@tandem/api/completion';
import type { FinishReason, TokenLogprob, Usage } from '@tandem/shared/contracts';
import type { StreamEvent } from '@tandem/shared/sse';
import type { ParameterFields } from './fields';

/** What a model server said went wrong, in its own words and numbers. */
export interface ServerFailure {
  readonly message: string;
  /** An HTTP status, where the failure carries one. */
  readonly status?: number;
  /** Its own name for this kind of failure, or for the field at fault. */
  readonly type?: string;
  /** Everything it said, the names of fields among it. Not to be quoted: it may hold the prompt. */
  readonly words?: string;
}

/** A piece of a tool call, as a server says it; what it leaves out is empty. */
export interface SaidCall {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** One thing that an event of a model server says. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly reasoning: boolean }
  /** The model declines, in a field of its own. */
  | { readonly kind: 'refusal'; readonly text: string }
  /** A piece of a tool call. */
  | { readonly kind: 'call'; readonly call: SaidCall }
  /** Something was said where nothing is read. */
  | { readonly kind: 'unread'; readonly where: string }
  /** How likely the tokens of the text that follows were. */
  | { readonly kind: 'logprobs'; readonly tokens: readonly TokenLogprob[] }
  /** How much of the prompt is read, from 0 to 1. */
  | { readonly kind: 'progress'; readonly progress: number }
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** How many tokens of the prompt did not have to be read again. */
  | { readonly kind: 'cached'; readonly tokens: number }
  | { readonly kind: 'timings'; readonly timings: NonNullable<CompletionEnd['timings']> }
  /** The server says why its answer ends. Text may follow all the same; the last one counts. */
  | { readonly kind: 'finish'; readonly reason: FinishReason; /** By the end alone: a reason that was given counts more. */ readonly isImplied?: true }
  | { readonly kind: 'failure'; readonly failure: ServerFailure }
  /** An event that was meant to say something but cannot be read: text may be missing. */
  | { readonly kind: 'garbled' }
  /** The server says that nothing follows. No proof that the answer is complete. */
  | { readonly kind: 'end' };

/** How an answer is cut into events: server-sent events, one JSON document a line, or not at all. */
export type Framing = 'events' | 'lines' | 'text';

/** A request as a dialect words it. */
export interface WordedRequest extends CompletionRequest {
  /** Of this request alone: a server that knows it uses nothing that it keeps of prompts with another one. */
  readonly cacheSalt?: string;
}

/** How one kind of model server speaks. Pure: it opens nothing and remembers nothing. */
export interface Dialect {
  /** Where completions are asked for, below the endpoint's base, unless the configuration says otherwise. */
  readonly path: string;
  /** How its stream is cut where the answer's content type does not tell. */
  readonly framing: Framing;
  /** Whether a body that ends in good order says that the answer is complete: these servers have no other word for it. */
  readonly endsWithBody: boolean;
  /** What can be demanded of such a server in its own terms. */
  readonly takes: ReadonlySet<Demand>;
  /** Which fields of a request it may know besides, and is given as they are. */
  readonly passes: ReadonlySet<string>;
  /** What the sampling parameters are called in its bodies. */
  readonly fields: ParameterFields;
  /** Every request says that nothing kept of earlier prompts is to be used. */
  readonly isFresh?: true;
  /** Fields that stand for no parameter, and that a request can do without. */
  readonly spare: readonly string[];
  /** The body that asks for a completion, every sampling value explicit, without the fields that are left out. */
  requestBody(request: WordedRequest, model: string, omitted: ReadonlySet<string>): Readonly<Record<string, unknown>>;
  /** Reads one event, or one line of a stream of lines. */
  readEvent(event: StreamEvent): readonly Piece[];
  /** Reads an answer that came as one JSON document although a stream was asked for. */
  readWhole(text: string): readonly Piece[];
}
