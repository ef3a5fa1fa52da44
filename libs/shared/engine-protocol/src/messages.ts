import type { ChatTurn, FaultCode, FinishReason, SamplingParameters, TokenLogprob, Usage } from '@tandem/shared/contracts';
import type { ConvertedType, ConvertibleFacts } from '@tandem/shared/converter-protocol';

/** A file's facts, read from its GGUF header without loading it. */
export interface CheckpointFacts {
  /** `adapter`: a LoRA over the weights of another checkpoint. */
  readonly kind: 'model' | 'adapter';
  readonly architecture: string;
  readonly quantization: string | null;
  readonly parameters: number;
  /** What it was trained with, in tokens. */
  readonly contextLength: number | null;
  readonly chatTemplate: boolean;
  /** `general.name`. */
  readonly title: string | null;
  readonly description: string | null;
  /** `general.finetune`: what it was tuned for. */
  readonly finetune: string | null;
  /** Texts at which an answer ends although no token says so. */
  readonly stopStrings: readonly string[];
  /** Weights, KV cache and working memory. */
  readonly memoryEstimateBytes: number;
}

/** A failure in the engine, as data. */
export interface EngineFault {
  readonly code: FaultCode;
  /** A sentence; where there is a `param`, what is wrong with that, without its name and without a full stop. */
  readonly message: string;
  readonly retryable: boolean;
  /** The field of a request that it is about. */
  readonly param?: string;
  /** Somebody may have tampered with a file; belongs into the log as such. */
  readonly isSecurityEvent?: boolean;
}

/** The files of one checkpoint: one, or every part of a split GGUF in order. Absolute paths. */
export type CheckpointPaths = readonly string[];

/** A LoRA over a checkpoint's weights. */
export interface Adapter {
  /** Absolute. */
  readonly path: string;
  /** 0 is the bare checkpoint, 1 the adapter as it was trained. */
  readonly scale: number;
}

/** A token that could have come, in exact bytes, which may be less than a character. */
export interface LikelyPiece {
  readonly id: number;
  readonly bytes: readonly number[];
  /** Natural logarithm of its probability in the model's own distribution. */
  readonly logprob: number;
}

/** A token of a text that was scored. */
export interface ScoredToken extends Omit<LikelyPiece, 'logprob'> {
  /** Null where nothing stands before it. */
  readonly logprob: number | null;
  /** From 1; null beyond the alternatives that were asked for. */
  readonly rank: number | null;
  /** As many of the likeliest at its place as were asked for, the likeliest first. */
  readonly top: readonly LikelyPiece[];
  /** Natural logarithms of the probabilities of those that were asked about besides, in their order. */
  readonly others?: readonly number[];
  /** KL(kept‖this model) over the whole vocabulary, in nats, from 0: where what was kept was to be compared with, and is there. */
  readonly kl?: number;
}

/** Where what a model expected at the places of a text is kept, so that others can be compared with it. */
export interface KeptText {
  /** Of the texts that are let go of together. */
  readonly buffer: string;
  /** Of the text among them. */
  readonly place: number;
}

/** Tokens of some vocabulary, by the places of a text that they could stand at. */
export interface OtherTokens {
  /** Its hash. */
  readonly vocabulary: string;
  readonly at: readonly (readonly number[])[];
}

/** What is known of a checkpoint's vocabulary without its weights. */
export interface VocabularyFacts {
  readonly size: number;
  /** Of the list of its tokens: two models with the same one can be compared token by token. */
  readonly hash: string;
  /** llama.cpp's word for how it splits text, such as `gpt2` or `llama`. */
  readonly kind: string;
  readonly bos: string | null;
  readonly eos: string | null;
  /** Whether every prompt begins with `bos`. */
  readonly addsBos: boolean;
  readonly chatTemplate: string | null;
}

/** Tools that an answer may call. */
export interface OfferedTools {
  /** As chat templates are given them. */
  readonly definitions: readonly { readonly name: string; readonly description?: string; readonly parameters?: Readonly<Record<string, unknown>> }[];
  /** Whether it may call several. */
  readonly isParallel: boolean;
  /** It must call one of these, by their names; its arguments then obey their `parameters`. */
  readonly forced?: readonly string[];
}

/** What an answer must be: any JSON object, or what a JSON Schema describes. A thinking model's thoughts are free. */
export type AnswerFormat = { readonly type: 'json_object' } | { readonly type: 'json_schema'; readonly schema: unknown };

/** A call: answered by exactly one of the messages that carry its id and end it. */
export type EngineCall =
  /** Ends with `facts`. */
  | { readonly type: 'inspect'; readonly paths: CheckpointPaths }
  /** What a checkpoint of another format is, by its table of contents and what stands beside it below `root`. Ends with `recognised`. */
  | { readonly type: 'recognise'; readonly path: string; readonly root: string; readonly convertedType: ConvertedType }
  /** Whether an answer can be held to that, whichever model gives it. Ends with `checked`, or a fault that names the field of the request. */
  | { readonly type: 'check'; readonly format?: AnswerFormat; readonly tools?: OfferedTools }
  /**
   * Ends with `loaded`; loading what is loaded ends at once. `model` names a seat: a checkpoint alone, or with an
   * adapter. Seats over the same files share one copy of the weights. Cancelling the last load of a seat stops it.
   * `isNew`: nobody knows yet whether llama.cpp survives these files, so that it also reads and writes a few tokens.
   */
  | { readonly type: 'load'; readonly model: string; readonly paths: CheckpointPaths; readonly adapter?: Adapter; readonly isNew?: true }
  /** How long a prompt is, without loading the weights. Ends with `measured`. */
  | {
      readonly type: 'measure';
      readonly model: string;
      readonly paths: CheckpointPaths;
      readonly messages: readonly ChatTurn[];
      readonly isRaw?: true;
      readonly tools?: OfferedTools;
    }
  /** A prompt as the model reads it, without loading the weights. `isBare`: without the token that every prompt begins with. Ends with `tokenized`. */
  | {
      readonly type: 'tokenize';
      readonly model: string;
      readonly paths: CheckpointPaths;
      readonly messages: readonly ChatTurn[];
      readonly isRaw?: true;
      readonly isBare?: true;
    }
  /** The text of tokens, control tokens as they are written. Ends with `detokenized`. */
  | { readonly type: 'detokenize'; readonly model: string; readonly paths: CheckpointPaths; readonly tokens: readonly number[] }
  /** Ends with `vocabulary`. */
  | { readonly type: 'vocabulary'; readonly model: string; readonly paths: CheckpointPaths }
  /** Drops the prompt state kept for a conversation of an owner, or for all of that owner's. Ends with `forgotten`. */
  | { readonly type: 'forget'; readonly conversation: string | null; readonly owner: string }
  /** Ends with `unloaded`, after the generations that run on it were cancelled. */
  | { readonly type: 'unload'; readonly model: string }
  /** Ends with `end`. */
  | {
      readonly type: 'generate';
      readonly model: string;
      readonly messages: readonly ChatTurn[];
      /** Their text is continued as it is, without the chat template. */
      readonly isRaw?: true;
      /** Read in place of the messages, as they are. */
      readonly promptTokens?: readonly number[];
      /** Whose prompt state is kept, so that `forget` finds it. */
      readonly conversation?: string;
      /** Whose it is. */
      readonly owner?: string;
      /** It is read from its beginning, whatever is kept of earlier ones. */
      readonly isFresh?: true;
      /** `min_p`: tokens less likely than this share of the likeliest are left out; 0 where it is left out. */
      readonly parameters: SamplingParameters & { readonly seed: number; readonly min_p?: number };
      /** On what was said before; 0 where they are left out. */
      readonly penalties?: { readonly presence: number; readonly frequency: number };
      readonly format?: AnswerFormat;
      readonly tools?: OfferedTools;
      /** How many of the likeliest tokens are told for each token. */
      readonly logprobs?: number;
    }
  /**
   * How likely the model finds a text, after an optional conversation: its own distribution, before temperature and
   * truncation. The tokens come as `scores`, then it ends with `scored`.
   */
  | {
      readonly type: 'score';
      readonly model: string;
      readonly messages: readonly ChatTurn[];
      /** What looks like a control token in it is text. Or the tokens themselves: then nothing is put before them. */
      readonly text: string | readonly number[];
      /** How many of the likeliest tokens are told at each place; none where left out. */
      readonly alternatives?: number;
      /** Whose likelihood is told besides. Passed over where the model's own vocabulary is another. */
      readonly others?: OtherTokens;
      /** How much of the seat's adapter is put over the weights, in place of what it was loaded with. A seat without one passes it over. */
      readonly adapterScale?: number;
      /** Keeps what the model expects at each place over its whole vocabulary, where there is room for it. */
      readonly keep?: KeptText;
      /** Is compared with that. Passed over where it is not there, or is of another text or vocabulary. */
      readonly against?: KeptText;
    }
  /** Lets go of the texts that are kept in a buffer. Ends with `dropped`. */
  | { readonly type: 'drop'; readonly buffer: string };

/** From the API process to the engine. */
export type ToEngine =
  | (EngineCall & { readonly id: number })
  /** Stops the call with that id, whatever it is doing. A generation ends with `cancelled`, the rest with a fault. */
  | { readonly type: 'cancel'; readonly id: number }
  /** Has a generation wait between two tokens, and go on: nobody takes what it says. */
  | { readonly type: 'pause' | 'resume'; readonly id: number }
  /** Lets go of everything and ends the process. */
  | { readonly type: 'shutdown' };

/** What ends a call. */
export type EngineAnswer =
  | { readonly type: 'facts'; readonly facts: CheckpointFacts }
  /** `memoryEstimateBytes`: of what it would become. */
  | { readonly type: 'recognised'; readonly checkpoint: ConvertibleFacts; readonly memoryEstimateBytes: number }
  | {
      readonly type: 'loaded';
      /** Weights, KV cache and adapter. */
      readonly memoryBytes: number;
      /** The part of it that is there once for all seats over the same files. */
      readonly weightBytes: number;
      readonly contextLength: number;
      readonly sequences: number;
    }
  | { readonly type: 'checked' }
  | { readonly type: 'unloaded' }
  /** Both in tokens; the context is what the model has, or would have if it were loaded now. */
  | { readonly type: 'measured'; readonly promptTokens: number; readonly contextLength: number }
  | { readonly type: 'forgotten' }
  | {
      readonly type: 'end';
      readonly finishReason: FinishReason;
      readonly usage: Usage;
      /** Prompt tokens that were still in the cache and were not read again. */
      readonly cachedTokens: number;
      /** Waiting for a free sequence. */
      readonly queueMs: number;
      /** After the first token; null when there were fewer than two. */
      readonly tokensPerSecond: number | null;
    }
  | { readonly type: 'tokenized'; readonly tokens: readonly number[]; /** As the vocabulary spells them. */ readonly pieces: readonly string[] }
  | { readonly type: 'detokenized'; readonly text: string }
  | { readonly type: 'vocabulary'; readonly vocabulary: VocabularyFacts }
  /** `tokens`: how many of them have a likelihood. `vocabulary`: its hash. `isKept`: whether there was room for what was to be kept. */
  | { readonly type: 'scored'; readonly tokens: number; readonly logLikelihood: number; readonly vocabulary: string; readonly isKept: boolean }
  | { readonly type: 'dropped' }
  | { readonly type: 'fault'; readonly fault: EngineFault };

/** What a call reports on its way. */
export type EngineProgress =
  | { readonly type: 'loading'; readonly progress: number }
  /** 1 is next. */
  | { readonly type: 'queued'; readonly position: number }
  | { readonly type: 'prompt'; readonly tokens: number }
  /** The next tokens of a text that is scored, and how much of it is read, from 0 to 1. */
  | { readonly type: 'scores'; readonly tokens: readonly ScoredToken[]; readonly progress: number }
  /** `reasoning`: a thinking model's thoughts. The marks around them are in neither. */
  | { readonly type: 'text'; readonly text: string; readonly reasoning?: true }
  /** A tool that the model calls, whole. */
  | { readonly type: 'call'; readonly index: number; readonly callId: string; readonly name: string; readonly arguments: string }
  /** Of the tokens of the next text; of the last ones none may follow. */
  | { readonly type: 'logprobs'; readonly tokens: readonly TokenLogprob[] };

/** From the engine to the API process; several of one tick travel as one array. */
export type FromEngine =
  /** The binding is up; once, before anything else is answered. */
  | { readonly type: 'ready'; readonly threads: number; readonly backend: string }
  /** The binding cannot be used on this machine; every later call fails with this fault. */
  | { readonly type: 'unavailable'; readonly fault: EngineFault }
  /** Once a second while the binding's own loop turns. */
  | { readonly type: 'alive' }
  | ((EngineAnswer | EngineProgress) & { readonly id: number });
