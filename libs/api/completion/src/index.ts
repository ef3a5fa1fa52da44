export { CompletionModule } from './completion.module';
export type { CompletionEnd, CompletionRequest, CompletionSink, CompletionSource, Flow } from './completion-source';
export { type Demand, demandedFields, type Demands, type JsonFormat, type ToolDefinition } from './demands';
export type { NumberedFrame } from './frame-log';
export { Run, type RunOptions, type RunRequest } from './run';
export { type Refusal, RunRegistry } from './run-registry';
export { type Target } from './target';
export type { LikelyPart, TextPart, TextReader, VocabularyWords } from './text-reader';
