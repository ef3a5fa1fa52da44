import type { Fault } from '@tandem/api/faults';
import type { CheckpointStatus } from './checkpoint-states';
import type { LoadStage, LoadTask } from './load-task';
import type { Tenant } from './memory-policy';
import type { SeatFiles } from './seat-files';
import type { SeatUsage } from './seat-usage';

/** What a local model is at one moment, with what belongs to that alone. */
export type LocalModelState =
  | { readonly name: 'unloaded' }
  | { readonly name: 'loading'; stage: LoadStage; progress: number; readonly task: LoadTask; readonly stop: AbortController }
  | { readonly name: 'loaded'; readonly files: SeatFiles; readonly memoryBytes: number; readonly weightBytes: number; readonly contextLength: number }
  | { readonly name: 'unloading'; readonly done: Promise<void> }
  | { readonly name: 'failed'; readonly fault: Fault; readonly version: string; readonly isGivenUp: boolean };

/** As it is published. */
export function statusOf(state: LocalModelState, { generations, lastUsed }: SeatUsage): CheckpointStatus {
  return {
    status: state.name === 'loading' ? state.stage : state.name,
    progress: state.name === 'loading' ? state.progress : state.name === 'loaded' ? 1 : 0,
    error: state.name === 'failed' ? state.fault.message : null,
    isRefused: state.name === 'failed' && (state.isGivenUp || state.fault.code === 'model_invalid'),
    memoryBytes: state.name === 'loaded' ? state.memoryBytes : null,
    activeGenerations: generations,
    lastUsed,
  };
}

/** As the memory sees it. */
export function stageOf(state: LocalModelState, { isIdle }: SeatUsage): Tenant['stage'] {
  switch (state.name) {
    case 'unloaded':
    case 'failed':
      return 'away';
    case 'loading':
      return 'coming';
    case 'unloading':
      return 'leaving';
    case 'loaded':
      return isIdle ? 'idle' : 'busy';
    default:
      return state satisfies never;
  }
}
