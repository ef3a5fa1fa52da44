export { ApiDocument } from './api-document';
export { ApiFaults, FRAME_ERROR, OPENAI_ERROR } from './fault-responses';
export { OpenApiModule } from './openapi.module';
export { type SchemaObject, count, flag, listOf, number, oneOf, orNull, record, text, time } from './schema';
