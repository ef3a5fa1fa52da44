export { collect, type CollectingSink, completionRequest } from './completion-fixtures';
export { describeCompletionSource, type SourceUnderTest } from './describe-completion-source';
