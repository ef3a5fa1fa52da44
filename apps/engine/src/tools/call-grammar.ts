import type { ArgumentRules } from '../grammar/argument-rules';
import { literal } from '../grammar/json-rules';
import type { CallFormat } from './call-formats';

/** The grammar of answers that call a tool, in llama.cpp's notation. */
export function callGrammar({ rules, calls }: ArgumentRules, format: CallFormat, isParallel: boolean): string {
  const alternatives = calls.map(
    ({ name, rule }) => `"{" space ${pair('name', `${literal(JSON.stringify(name))}`)} space "," space ${pair(format.field, rule)} space "}"`,
  );
  return [`root ::= ${format.rule('call', isParallel)}`, `call ::= ${alternatives.join(' | ')}`, 'gap ::= "\\n"{0,2}', rules].join('\n');
}

function pair(name: string, value: string): string {
  return `${literal(JSON.stringify(name))} space ":" space ${value}`;
}
