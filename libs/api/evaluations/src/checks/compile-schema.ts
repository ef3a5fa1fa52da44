import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';

/** Its expressions are RE2's as well: a schema may not make a check slow either. */
const regExp = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 'RE2JS.compile' });

/**
 * Says whether a JSON value is what a schema (2020-12) describes. `format` says nothing, and nothing is fetched: a `$ref` leads
 * inside the schema. @throws Error for what is no schema
 */
export function compileSchema(schema: object | boolean): (value: unknown) => boolean {
  const validate: ValidateFunction = new Ajv2020({ strict: false, validateFormats: false, logger: false, code: { regExp } }).compile(schema);
  return (value) => validate(value) === true;
}
