import { createRequire } from 'node:module';
import { readExpression } from './compile-regex';

const require = createRequire(import.meta.url);

/** Read when the first schema comes: it is many files, which no start waits for, and no time limit counts. */
export const readyForSchemas = (): typeof import('ajv/dist/2020.js') => require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');

/** Its expressions are RE2's as well: a schema may not make a check slow either. */
const regExp = Object.assign(readExpression, { code: 'readExpression' });

/**
 * Says whether a JSON value is what a schema (2020-12) describes. `format` says nothing, and nothing is fetched: a `$ref` leads
 * inside the schema. @throws Error for what is no schema
 */
export function compileSchema(schema: object | boolean): (value: unknown) => boolean {
  const { Ajv2020 } = readyForSchemas();
  const validate = new Ajv2020({ strict: false, validateFormats: false, logger: false, code: { regExp } }).compile(schema);
  return (value) => validate(value) === true;
}
