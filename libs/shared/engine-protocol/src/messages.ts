import type { ChatMessage, FaultCode, FinishReason, SamplingParameters, Usage } from '@tandem/shared/contracts';

/** A file's facts, read from its GGUF header without loading it. */
export interface CheckpointFacts {
  readonly architecture: string | null;
  readonly quantization: string | null;
  readonly parameters: number | null;
  /** In tokens. */
  readonly contextLength: number | null;
  readonly chatTemplate: boolean;
  /** `general.name`. */
  readonly title: string | null;
  readonly description: string | null;
  /** Weights and KV cache. */
  readonly memoryEstimateBytes: number | null;
}

/** A failure in the engine, as data. */
export interface EngineFault {
  readonly code: FaultCode;
  readonly message: string;
  readonly retryable: boolean;
}

/** From the API process to the engine. `id` ties the answers to the call; `model` is the checkpoint's name. */
export type ToEngine =
  | { readonly type: 'inspect'; readonly id: number; readonly path: string }
  | { readonly type: 'load'; readonly id: number; readonly model: string; readonly path: string }
  | { readonly type: 'unload'; readonly id: number; readonly model: string }
  | {
      readonly type: 'generate';
      readonly id: number;
      readonly model: string;
      readonly messages: readonly ChatMessage[];
      readonly parameters: SamplingParameters & { readonly seed: number };
    }
  /** Stops the call with that id, whatever it is doing; it still answers with `end` or `fault`. */
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'shutdown' };

/** From the engine to the API process. Every call is answered by exactly one `reply`, `end` or `fault`. */
export type FromEngine =
  /** The binding is up; once, before anything else is answered. */
  | { readonly type: 'ready'; readonly threads: number; readonly backend: string }
  /** The binding cannot be used on this machine; every later call fails with this fault. */
  | { readonly type: 'unavailable'; readonly fault: EngineFault }
  /** Once a second while the engine's loop turns. */
  | { readonly type: 'alive' }
  | { readonly type: 'facts'; readonly id: number; readonly facts: CheckpointFacts }
  | { readonly type: 'loading'; readonly id: number; readonly progress: number }
  | { readonly type: 'loaded'; readonly id: number; readonly memoryBytes: number; readonly contextLength: number }
  | { readonly type: 'unloaded'; readonly id: number }
  | { readonly type: 'queued'; readonly id: number; readonly position: number }
  | { readonly type: 'prompt'; readonly id: number; readonly tokens: number }
  | { readonly type: 'text'; readonly id: number; readonly text: string; readonly reasoning: boolean }
  | {
      readonly type: 'end';
      readonly id: number;
      readonly finishReason: FinishReason;
      readonly usage: Usage;
      readonly tokensPerSecond: number | null;
      readonly ignoredParameters: readonly string[];
    }
  | { readonly type: 'fault'; readonly id: number; readonly fault: EngineFault };
