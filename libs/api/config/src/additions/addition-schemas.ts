import { PROTOCOLS } from '@tandem/shared/contracts';
import { count, number, oneOf, record, type SchemaObject, text } from '@tandem/api/openapi';
import { SIDES } from './model-candidate.dto';

/** What takes no other fields. */
const closed = (schema: SchemaObject): SchemaObject => ({ ...schema, additionalProperties: false }) as SchemaObject;
const range = (type: 'integer' | 'number', minimum: number, maximum?: number): SchemaObject => ({
  type,
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});

const PRICE = closed(
  record('EntryPrice', { input: number(0.5), output: number(1.5), currency: text('USD'), unit: text('1M tokens') }, { optional: ['currency', 'unit'] }),
);
const ADAPTER = closed(record('EntryAdapter', { file: text('deltas/y.gguf'), scale: { type: 'number', example: 1 } }, { optional: ['scale'] }));

const deadlines = { connect_ms: range('integer', 1, 60_000), headers_ms: range('integer', 1, 3_600_000), silence_ms: range('integer', 1, 3_600_000) };
const DEADLINES = closed(
  record('EntryDeadlines', { ...deadlines, total_ms: range('integer', 1, 86_400_000) }, { optional: [...Object.keys(deadlines), 'total_ms'] }),
);

const optional = {
  id: text('mine', '1 to 200 letters, digits or . _ : @ / -; made of the name where it is left out'),
  title: text('Mine'),
  description: text('Tuned for support answers.'),
  provider: text('Acme'),
  type: text('SFT'),
  context_length: { ...count(8192, 'In tokens'), minimum: 1 },
  baseline_id: text('base', 'Of the model that it is derived from'),
  price: PRICE,
  protocol: oneOf(PROTOCOLS, 'How its server speaks; found out where it is left out'),
  model: text('acme/mine', 'The name to ask its server for; the first that it lists where it is left out'),
  path: text('/v1/chat/completions', 'Of the completion route, where it is not the usual one'),
  health_path: text('/health'),
  api_key_env: text('ACME_API_KEY', 'The variable that holds its key, never the key'),
  max_concurrency: range('integer', 1, 100_000),
  max_waiting: range('integer', 0, 100_000),
  deadlines: DEADLINES,
  adapter: ADAPTER,
  parameters: {
    type: 'object',
    description: 'Default sampling values, under the names of `POST /stream`; null: never to be sent',
    example: { temperature: 0.2 },
  },
} as const satisfies Record<string, SchemaObject>;

const ENTRY = closed(
  record(
    'ConfigurationEntry',
    { name: text('Mine'), endpoint: text('localhost:8000', '`host[:port][/base]`, an http(s) URL, or `local:<checkpoint>`'), ...optional },
    { description: 'As it stands in a configuration document', optional: Object.keys(optional) },
  ),
);

export const CANDIDATE_SCHEMA = closed(record('ModelCandidate', { entry: ENTRY }));
export const ADD_MODEL_SCHEMA = closed(record('AddModel', { side: oneOf(SIDES, 'Which list it is added to'), entry: ENTRY }));
export const ADDED_SCHEMA = record('AddedModelBody', { status: oneOf(['success']), id: text('mine', 'Of the new model, which is in force') });
