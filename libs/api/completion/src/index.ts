export { CompletionModule } from './completion.module';
export type { CompletionEnd, CompletionRequest, CompletionSink, CompletionSource } from './completion-source';
export type { NumberedFrame } from './frame-log';
export { Run, type RunOptions, type RunRequest } from './run';
export { type Refusal, RunRegistry } from './run-registry';
export { type Target } from './target';
