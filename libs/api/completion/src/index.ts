export type { CompletionEnd, CompletionRequest, CompletionSink, CompletionSource } from './completion-source';
export type { Target } from './target';
