import { RE2JS } from 're2js';

/** Says whether a text has a match anywhere. RE2 never goes back over the text, so that the time grows with its length alone. @throws Error for what is no expression of RE2 */
export function compileRegex(expression: string): (text: string) => boolean {
  const compiled = RE2JS.compile(expression);
  return (text) => compiled.test(text);
}
