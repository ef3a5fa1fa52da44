import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiParam, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { ApiFaults, listOf, oneOf, orNull, record, type SchemaObject, text } from '@tandem/api/openapi';
import { RunRequestDto } from './run-requests.dto';
import { COUNTS, ITEM, RUN_CARD, RUN_WITH_SUMMARY, STATE } from './run-schemas';

const success = oneOf(['success']);
const body = (title: string, properties: Record<string, SchemaObject>): SchemaObject => record(title, { status: success, ...properties });
const CURSOR = orNull(text('MDE5YWM…'), 'Where the next page begins; null behind the last');
const RUN = body('RunBody', { run: RUN_CARD });

const RUN_ID = { name: 'id', description: 'Id of a run', schema: { type: 'string', example: '019ac0de-0000-7000-8000-000000000000' } };
const pair = { baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-chat', prompt_set: 'general' };

const answered = (status: number, description: string, schema: SchemaObject): MethodDecorator => ApiResponse({ status, description, schema });

export const ApiRunAdded = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: RunRequestDto,
      examples: {
        pair: { summary: 'A pair', value: { ...pair, parameters: { temperature: 0, max_tokens: 32 } } },
        variants: {
          summary: 'Several models',
          value: { variants: [pair.baseline, pair.derivative], prompt_set: 'format', repeats: 2, parameters: { max_tokens: 32 } },
        },
      },
    }),
    answered(202, 'It is worked on in the background', RUN),
    ApiFaults('model_not_found', 'not_found', 'scoring_unsupported', 'store_unavailable'),
  );

export const ApiRuns = (): MethodDecorator =>
  applyDecorators(answered(200, 'The runs', body('RunListBody', { runs: listOf(RUN_CARD), next_cursor: CURSOR })), ApiFaults('store_unavailable'));

export const ApiRun = (): MethodDecorator =>
  applyDecorators(ApiParam(RUN_ID), answered(200, 'The run', body('RunDetailBody', { run: RUN_WITH_SUMMARY })), ApiFaults('not_found', 'store_unavailable'));

export const ApiRunRemoved = (): MethodDecorator =>
  applyDecorators(
    ApiParam(RUN_ID),
    answered(200, 'It is gone', body('RunRemovedBody', { id: text('019ac0de-0000-7000-8000-000000000000') })),
    ApiFaults('not_found', 'conflict', 'store_unavailable'),
  );

export const ApiRunItems = (): MethodDecorator =>
  applyDecorators(
    ApiParam(RUN_ID),
    answered(200, 'The items', body('RunItemListBody', { items: listOf(ITEM), next_cursor: CURSOR })),
    ApiFaults('not_found', 'store_unavailable'),
  );

export const ApiRunActed = (description: string): MethodDecorator =>
  applyDecorators(ApiParam(RUN_ID), answered(202, description, RUN), ApiFaults('not_found', 'conflict', 'store_unavailable'));

export const ApiRunEvents = (): MethodDecorator =>
  applyDecorators(
    ApiParam(RUN_ID),
    ApiResponse({
      status: 200,
      description: 'Server-sent events without names, each `data` this as JSON: one at once, and one for each change; the last has the state of the end.',
      content: { 'text/event-stream': { schema: record('RunEvent', { state: STATE, counts: COUNTS }) } },
    }),
    ApiFaults('not_found', 'store_unavailable', 'server_restarting'),
  );

export const ApiRunExport = (): MethodDecorator =>
  applyDecorators(
    ApiParam(RUN_ID),
    ApiProduces('application/x-ndjson', 'text/csv', 'text/html'),
    ApiResponse({
      status: 200,
      description:
        'As an attachment. JSONL: an item a line, as the list has it. CSV: one row an item; cells that a spreadsheet would compute are made safe. HTML: one file without scripts, with the summary and all answers.',
      content: Object.fromEntries(['application/x-ndjson', 'text/csv', 'text/html'].map((type) => [type, { schema: { type: 'string' } }])) as never,
    }),
    ApiFaults('not_found', 'store_unavailable'),
  );
