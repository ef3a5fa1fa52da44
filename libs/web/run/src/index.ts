export { type AnswerState, type AnswerView } from './answer/answer-view';
export { announce, isOngoing, isPlainEnd, progressOf, sayState } from './answer/answer-words';
export { FaultNote } from './answer/fault-note';
export { Readouts } from './answer/readouts';
export { sayCount, saySpeed } from './answer/say-amount';
export { Thinking } from './answer/thinking';
export { AnswerRun, type RunSurroundings } from './run/answer-run';
