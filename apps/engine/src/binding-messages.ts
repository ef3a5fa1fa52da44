import type { EngineCall, FromEngine } from '@tandem/shared/engine-protocol';
import type { BuiltRules } from './grammar.worker';

/** What the control loop found out about a checkpoint before the binding may touch it. */
export interface LoadPlan {
  readonly weightBytes: number;
  /** 0 without an adapter. */
  readonly adapterBytes: number;
  readonly kvBytesPerToken: number;
  readonly kvBudgetBytes: number;
  readonly trainedLength: number | null;
}

/** Calls that bring the files they are about. */
export type FileCall = Extract<EngineCall, { type: 'load' | 'measure' | 'tokenize' | 'detokenize' | 'vocabulary' }>;

type GenerateCall = Extract<EngineCall, { type: 'generate' }>;

/** With the grammars of what was asked for, in place of that. */
export type BoundGenerateCall = Omit<GenerateCall, 'format'> & BuiltRules;

/** From the control loop to the binding's thread. */
export type ToBinding =
  | (Exclude<EngineCall, FileCall | { type: 'inspect' | 'recognise' | 'check' | 'generate' }> & { readonly id: number })
  | (BoundGenerateCall & { readonly id: number })
  | (FileCall & { readonly id: number; readonly plan: LoadPlan })
  | { readonly type: 'cancel' | 'pause' | 'resume'; readonly id: number }
  | { readonly type: 'shutdown' };

/** From the binding's thread to the control loop, in batches. `closed`: everything native is let go of. */
export type FromBinding = FromEngine | { readonly type: 'closed' };

export interface BindingSettings {
  /** Threads that may compute at once, over all models. */
  readonly threads: number;
  readonly usesGpu: boolean;
}
