import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Read when the first expression comes: no start waits for it. */
const re2 = (): typeof import('re2js') => require('re2js') as typeof import('re2js');

/** An expression of RE2, which never goes back over a text: the time grows with its length alone. @throws Error for what is none */
export function readExpression(expression: string): import('re2js').RE2JS {
  return re2().RE2JS.compile(expression);
}

/** Says whether a text has a match anywhere. @throws Error for what is no expression of RE2 */
export function compileRegex(expression: string): (text: string) => boolean {
  const compiled = readExpression(expression);
  return (text) => compiled.test(text);
}
