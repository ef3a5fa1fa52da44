import type { ToolDefinition } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { SchemaGrammar } from './schema-grammar';

/** Rules for the arguments of some tools, and which is whose. None is the root of a grammar. */
export interface ArgumentRules {
  readonly rules: string;
  readonly calls: readonly { readonly name: string; readonly rule: string }[];
}

/** Literals and sets of characters are passed over. */
const NAMES = /"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|\brule-\d+\b|^root\b/gm;

/** @throws Fault `invalid_request` for arguments whose schema cannot be turned into a grammar */
export function argumentRules(tools: readonly ToolDefinition[]): ArgumentRules {
  const lines = new Set<string>();
  const calls = tools.map(({ name, parameters = { type: 'object' } }, index) => {
    const prefix = `tool-${index}-`;
    const text = grammarOf(parameters, index).replace(NAMES, (found) => (/^["[]/.test(found) ? found : `${prefix}${found}`));
    for (const line of text.split('\n')) lines.add(line);
    return { name, rule: `${prefix}root` };
  });
  return { rules: [...lines].join('\n'), calls };
}

function grammarOf(parameters: Readonly<Record<string, unknown>>, index: number): string {
  try {
    return new SchemaGrammar({ type: 'object', ...parameters }).text();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    throw new Fault(thrown.code, thrown.message.replace(/^response_format: the schema/, `tools: the parameters of the tool ${index}`), {
      param: 'tools',
      cause: thrown,
    });
  }
}
