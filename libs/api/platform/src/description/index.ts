export { ApiFaults, type FaultResponse, faultResponses, FRAME_ERROR, OPENAI_ERROR } from './fault-responses';
export { FAULT_WORDS } from './fault-words';
export { count, flag, listOf, number, oneOf, orNull, record, type SchemaObject, text, time } from './schema';
