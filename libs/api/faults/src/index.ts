export { describeError } from './describe-error';
export { errorBodyOf } from './error-body';
export { Fault, unknownField } from './fault';
export { faultOf } from './fault-of';
export { FAULT_WORDS } from './fault-words';
export { openAiErrorOf } from './openai-error';
export { sentenceOf, type Told } from './told';
