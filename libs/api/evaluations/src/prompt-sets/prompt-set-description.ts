import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { ApiFaults, count, flag, listOf, oneOf, orNull, record, type SchemaObject, text, time } from '@tandem/api/openapi';
import { CHECK_TYPES } from '@tandem/shared/contracts';

const CHECK = record(
  'PromptCheck',
  {
    type: oneOf(CHECK_TYPES, '`exact` without a value means the reference; `judge` names the model that compares both answers'),
    value: { description: 'A text, an expression of RE2, a JSON Schema, a number of words, or the id of a model', example: 'Paris' } as SchemaObject,
  },
  { optional: ['value'] },
);
const MESSAGE = record('PromptMessage', { role: oneOf(['system', 'user', 'assistant']), content: text('What is the capital of France?') });

export const PROMPT_FIELDS: Record<string, SchemaObject> = {
  prompt: text('What is the capital of France?', 'Or `messages`'),
  messages: listOf(MESSAGE, 'A conversation in place of `prompt`'),
  system: text('Answer in one word.'),
  reference: text('Paris', 'The right answer'),
  tags: listOf(text('geography')),
};
export const OPTIONAL_PROMPT_FIELDS = Object.keys(PROMPT_FIELDS);

const PROMPT = record(
  'SetPrompt',
  { id: text('capital-of-france', 'Unique in its set; its place, from 1, where none was given'), ...PROMPT_FIELDS, check: listOf(CHECK) },
  { optional: [...OPTIONAL_PROMPT_FIELDS, 'check'] },
);

const CARD: Record<string, SchemaObject> = {
  id: text('general'),
  name: text('general'),
  count: count(20, 'Of its prompts'),
  created_at: orNull(time(), 'ISO 8601, UTC; null for those that come with Tandem'),
  is_shipped: flag(true, 'Whether it comes with Tandem; such a set stays'),
};
const success = oneOf(['success']);
const body = (title: string, properties: Record<string, SchemaObject>): SchemaObject => record(title, { status: success, ...properties });

const ONE = body('PromptSetBody', { prompt_set: record('PromptSet', { ...CARD, prompts: listOf(PROMPT) }) });
const ADDED = body('PromptSetAddedBody', { prompt_set: record('PromptSetCard', CARD) });
const LIST = body('PromptSetListBody', {
  prompt_sets: listOf(record('PromptSetCard', CARD), 'Newest first; those that come with Tandem stand behind all others'),
  next_cursor: orNull(text('MDE5YWM…'), 'Where the next page begins; null behind the last'),
});
const REMOVED = body('PromptSetRemovedBody', { id: text('019ac0de-0000-7000-8000-000000000000') });

const FILE: SchemaObject = { type: 'string', description: 'UTF-8, with or without a mark before it, with any line ends' };
const JSON_PROMPTS = {
  name: 'capitals',
  prompts: [{ prompt: 'What is the capital of France?', reference: 'Paris', check: { type: 'contains', value: 'Paris' } }],
};
const PROMPT_SENT = record(
  'SentPrompt',
  { id: text('capital-of-france'), ...PROMPT_FIELDS, check: { oneOf: [CHECK, listOf(CHECK)] } as SchemaObject },
  {
    optional: ['id', 'check', ...OPTIONAL_PROMPT_FIELDS],
  },
);

export const ApiPromptSetId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'Id of a prompt set', schema: { type: 'string', example: 'general' } });

/** What Nest has no decorator for: a body of one kind of content or another. */
const FILE_BODY = {
  description:
    'At most 10,000 prompts and 32 MiB. A CSV file names its columns in its first line; `tags` stand apart by semicolons, `messages` and `check` are JSON.',
  required: true,
  content: {
    'application/json': {
      schema: {
        oneOf: [listOf(PROMPT_SENT), record('SentPromptSet', { name: text('capitals'), prompts: listOf(PROMPT_SENT) }, { optional: ['name'] })],
      } as SchemaObject,
      examples: { named: { summary: 'With a name', value: JSON_PROMPTS }, list: { summary: 'A list', value: JSON_PROMPTS.prompts } },
    },
    'application/x-ndjson': { schema: FILE, examples: { lines: { summary: 'A prompt a line', value: '{"prompt":"What is the capital of France?"}\n' } } },
    'text/csv': { schema: FILE, examples: { table: { summary: 'A prompt a record', value: 'prompt,reference\nWhat is the capital of France?,Paris\n' } } },
  },
};

export const ApiPromptSetAdded = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Keep a file of prompts as a set', operationId: 'addPromptSet', requestBody: FILE_BODY }),
    ApiResponse({ status: 201, description: 'The set is kept', schema: ADDED }),
    ApiFaults('store_unavailable'),
  );

export const ApiPromptSets = (): MethodDecorator =>
  applyDecorators(ApiResponse({ status: 200, description: 'The sets', schema: LIST }), ApiFaults('store_unavailable'));

export const ApiPromptSet = (): MethodDecorator =>
  applyDecorators(ApiPromptSetId(), ApiResponse({ status: 200, description: 'The set', schema: ONE }), ApiFaults('not_found', 'store_unavailable'));

export const ApiPromptSetRemoved = (): MethodDecorator =>
  applyDecorators(
    ApiPromptSetId(),
    ApiResponse({ status: 200, description: 'It is gone', schema: REMOVED }),
    ApiFaults('not_found', 'conflict', 'store_unavailable'),
  );
