export { describeError } from './describe-error';
export { errorBodyOf } from './error-body';
export { Fault, type FilePlace } from './fault';
export { faultOf } from './fault-of';
export { FAULT_EXAMPLES } from './fault-examples';
export { openAiErrorOf } from './openai-error';
export * from './request-faults';
export { sentenceOf, type Told } from './told';
