export { ApiDocument } from './api-document';
export { ApiFaults, FRAME_ERROR, OPENAI_ERROR } from './fault-responses';
export { OpenApiModule } from './openapi.module';
export { FINISH_REASON_OR_NULL, timingsOf } from './answer-schemas';
export { type SchemaObject, count, flag, listOf, number, oneOf, oneOfOrNull, orNull, record, share, text, time } from './schema';
export { NEEDED_MORE, peoplesCounts, PEOPLES_WEIGHT, weightOf } from './vote-schemas';
