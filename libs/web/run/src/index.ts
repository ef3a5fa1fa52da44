export { type AnswerState, type AnswerView } from './answer/answer-view';
export { announce, isOngoing, isPlainEnd, progressOf, sayState } from './answer/answer-words';
export { type CalledTool, hasCome, textWithCalls } from './answer/called-tool';
export { FaultNote } from './answer/fault-note';
export { Readouts } from './answer/readouts';
export { sayCount, saySpeed } from './answer/say-amount';
export { Thinking } from './answer/thinking';
export { ToolCalls } from './answer/tool-calls';
export { AnswerRun, type RunSurroundings } from './run/answer-run';
