import type { ChatTurn, FinishReason, RunPhase, SamplingParameters, Timings, TokenLogprob, ToolCallPiece, Usage } from '@tandem/shared/contracts';
import type { Demands } from './demands';

/** What a model is asked: the conversation, and every sampling value explicitly. */
export interface CompletionRequest {
  /** Oldest first; a system message, if there is one, comes first. Never empty. */
  readonly messages: readonly ChatTurn[];
  /** As in the contract, but the seed is already drawn. */
  readonly parameters: SamplingParameters & { readonly seed: number };
  /** Those that the model's configuration says are never to be sent to a server, whatever was asked. */
  readonly unsent?: readonly (keyof SamplingParameters)[];
  /** Whose prompt state a source may keep, and drop when it is told to. */
  readonly conversation?: string;
  /** Whose the conversation is. */
  readonly owner?: string;
  /** Nothing that is kept of earlier prompts is to be used. A source that cannot see to that says `cache_prompt` is ignored. */
  readonly isFresh?: true;
  readonly demands?: Demands;
}

/** An answer that can be made to wait where it is made. Both may be called at any time, and twice. */
export interface Flow {
  pause(): void;
  resume(): void;
}

/** Where a source puts what it produces, in order. Calls after the completion has settled are ignored. */
export interface CompletionSink {
  /** What the run waits for, before its first text. */
  phase(phase: RunPhase, detail?: { readonly progress?: number; readonly position?: number }): void;
  /** A piece of the answer; never empty. `reasoning`: a thinking model's thoughts. */
  text(text: string, reasoning?: boolean): void;
  /** A piece of a tool call. A sink without it has not asked for tools. */
  call?(piece: ToolCallPiece): void;
  /** How likely the tokens of the next piece were; of the last ones no piece may follow. Only where that was demanded. */
  logprobs?(tokens: readonly TokenLogprob[]): void;
  /** Takes hold of the answer's flow once it begins, to pause it while nobody takes what comes. */
  hold?(flow: Flow): void;
}

/** How a complete answer ended. Only given when the model itself said that it is complete, or when it was stopped. */
export interface CompletionEnd {
  readonly finishReason: FinishReason;
  readonly usage?: Usage;
  /** How many tokens of the prompt were still known from before, where that is told. */
  readonly cachedTokens?: number;
  /** What the model server measured itself, where it did. */
  readonly timings?: Partial<Pick<Timings, 'queue_ms' | 'load_ms' | 'tokens_per_second'>>;
  /** Sampling parameters that this model cannot take. */
  readonly ignoredParameters?: readonly string[];
}

/**
 * Something that answers prompts: a model server or a local checkpoint.
 *
 * The promise is the one end of a completion: it resolves when the answer is complete, and rejects with a `Fault`
 * when it is not, in both cases after everything that was received has gone to the sink. Aborting the signal stops
 * the work at the producer at once; the promise then resolves with `cancelled` as soon as the producer let go.
 */
export interface CompletionSource {
  /**
   * Takes one request before its answer begins: refuses what cannot be answered while that is still an HTTP status,
   * and takes a place in the queue. Resolves with the source for that one request. Its place is given back when its
   * completion ends, or when `left` is aborted before the completion began. A source without it takes everything.
   * @throws Fault
   */
  admit?(request: Pick<CompletionRequest, 'messages' | 'demands'>, left: AbortSignal): Promise<CompletionSource>;

  complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd>;
}
