import type { OfferedTools } from '@tandem/shared/engine-protocol';
import { EngineError } from '../engine-error';
import { blaming } from './blaming';
import { MOST_CHARACTERS } from './rule-book';
import { SchemaGrammar } from './schema-grammar';

/** Rules for the arguments of some tools, and which is whose. None is the root of a grammar. */
export interface ArgumentRules {
  readonly rules: string;
  readonly calls: readonly { readonly name: string; readonly rule: string }[];
}

/** Rules that every schema numbers anew. */
const OWN_NAME = /^(?:rule-\d+|root)$/;
const NAME = /[a-z][\w-]*/y;

/** Of those that may be called. @throws EngineError `invalid_request` for arguments whose schema cannot be turned into a grammar */
export function argumentRules(definitions: OfferedTools['definitions'], callable: readonly string[]): ArgumentRules {
  const lines = new Set<string>();
  const tools = definitions.filter(({ name }) => callable.includes(name));
  const calls = tools.map(({ name, parameters = { type: 'object' } }, index) => {
    const prefix = `tool-${index}-`;
    const text = withPrefix(argumentsOf(parameters, index), prefix);
    for (const line of text.split('\n')) lines.add(line);
    return { name, rule: `${prefix}root` };
  });
  const rules = [...lines].join('\n');
  if (rules.length > MOST_CHARACTERS)
    throw new EngineError('invalid_request', 'their parameters together are too large for a grammar. Name one, or leave some out', { param: 'tools' });
  return { rules, calls };
}

function argumentsOf(parameters: Readonly<Record<string, unknown>>, index: number): string {
  return blaming('tools', `the parameters of the tool ${index}`, () => new SchemaGrammar({ type: 'object', ...parameters }).text());
}

/** Its own rules with other names. */
function withPrefix(grammar: string, prefix: string): string {
  const tokens: string[] = [];
  for (let at = 0, end = 0; at < grammar.length; at = end) {
    end = endOfToken(grammar, at);
    const token = grammar.slice(at, end);
    tokens.push(OWN_NAME.test(token) ? prefix + token : token);
  }
  return tokens.join('');
}

/** Literals and sets of characters are passed over. */
function endOfToken(grammar: string, at: number): number {
  const close = ({ '"': '"', '[': ']' } as const)[grammar[at] ?? ''];
  if (close === undefined) {
    NAME.lastIndex = at;
    return NAME.test(grammar) ? NAME.lastIndex : at + 1;
  }
  let end = at + 1;
  while (end < grammar.length && grammar[end] !== close) end += grammar[end] === '\\' ? 2 : 1;
  return end + 1;
}
