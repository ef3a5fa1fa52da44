import {
  NEUTRAL_PARAMETERS,
  type NumericParameter,
  PARAMETER_RANGES,
  REQUEST_LIMITS,
  STREAM_PARAMETERS,
  DEFAULT_PARAMETERS,
  type SamplingParameters,
} from './parameters';
import { PROMPT_SET_LIMITS } from './prompt-set';
import { described, type Described } from './testing/api-description';

/** Where a parameter has another name, or another lower end. */
const OTHERWISE: Readonly<Record<string, Partial<Record<NumericParameter, string>>>> = { GenerateRequest: { max_tokens: 'max_new_tokens' } };

const ASKED: readonly (readonly [schema: string, defaults: SamplingParameters])[] = [
  ['StreamRequest', STREAM_PARAMETERS],
  ['RunParameters', STREAM_PARAMETERS],
  ['BlindParameters', STREAM_PARAMETERS],
  ['ParityParameters', STREAM_PARAMETERS],
  ['GenerateRequest', DEFAULT_PARAMETERS],
  ['OpenAiChatRequest', NEUTRAL_PARAMETERS],
];

const NAMES = Object.keys(PARAMETER_RANGES) as NumericParameter[];
const EVERY = ASKED.flatMap(([schema, defaults]) => NAMES.map((name) => [schema, name, defaults[name]] as const));

const fieldOf = (schema: string, name: NumericParameter): Described => described(`${schema}.${OTHERWISE[schema]?.[name] ?? name}`);

describe('a parameter of a request, as it is described', () => {
  it.each(EVERY)('has the range that it is held to: %s.%s', (schema, name) => {
    const { min, max, exclusiveMin } = PARAMETER_RANGES[name];
    const { minimum, exclusiveMinimum, maximum } = fieldOf(schema, name);
    expect({ minimum, exclusiveMinimum, maximum }).toEqual({ [exclusiveMin ? 'exclusiveMinimum' : 'minimum']: min, maximum: max });
  });

  it.each(EVERY)('is an integer exactly where a fraction is refused: %s.%s', (schema, name) => {
    expect([fieldOf(schema, name).type].flat().filter((type) => type !== 'null')).toEqual([PARAMETER_RANGES[name].integer ? 'integer' : 'number']);
  });

  it.each(EVERY)('has the value that holds where it is left out: %s.%s', (schema, name, value) => {
    expect(fieldOf(schema, name).default).toBe(value);
  });

  it('may be null where null is a value', () => {
    for (const [schema] of ASKED) expect(fieldOf(schema, 'seed').type).toContain('null');
  });
});

describe('a limit of a request, as it is described', () => {
  it.each([
    ['StreamRequest.prompt', 'maxLength', REQUEST_LIMITS.textCharacters],
    ['StreamRequest.system', 'maxLength', REQUEST_LIMITS.textCharacters],
    ['GenerateRequest.message', 'maxLength', REQUEST_LIMITS.textCharacters],
    ['StreamRequest.messages', 'maxItems', REQUEST_LIMITS.messages],
    ['GenerateRequest.history', 'maxItems', REQUEST_LIMITS.messages],
    ['StreamRequest.stop', 'maxItems', REQUEST_LIMITS.stopStrings],
    ['GenerateRequest.stop', 'maxItems', REQUEST_LIMITS.stopStrings],
    ['StreamRequest.conversation_id', 'maxLength', REQUEST_LIMITS.conversationIdCharacters],
  ] as const)('is the one that holds: %s, %s', (path, limit, value) => {
    expect(described(path)[limit]).toBe(value);
  });

  it('is that of each stop string, too', () => {
    expect(described('StreamRequest.stop').items).toMatchObject({ minLength: 1, maxLength: REQUEST_LIMITS.stopCharacters });
  });
});

describe('the limits of a prompt set', () => {
  it('are whole numbers above nothing', () => {
    for (const limit of Object.values(PROMPT_SET_LIMITS)) expect([Number.isInteger(limit), limit > 0]).toEqual([true, true]);
  });

  it('let a set of its most prompts through, of a few sentences each', () => {
    expect(PROMPT_SET_LIMITS.bytes / PROMPT_SET_LIMITS.prompts).toBeGreaterThan(3_000);
  });

  it('let a name and an id through as an address has them', () => {
    const { nameCharacters, idCharacters } = PROMPT_SET_LIMITS;
    const widest = encodeURIComponent('語'.repeat(Math.max(nameCharacters, idCharacters))).length;
    expect(widest).toBeLessThan(16 * 1024);
  });
});
