import { parse, type ParseError } from 'jsonc-parser';
import { cutItems, type JsonItem } from './json-items';
import type { RawPrompt, RawSet } from './raw-prompt';
import { parseJson } from './read-jsonl';
import { noJson, setFault } from './set-fault';

const FIELDS = new Set(['name', 'prompts']);

/** A list of prompts, or an object with a `name` and a list `prompts`. @throws Fault where the text is neither */
export function readJson(text: string): RawSet {
  const { items, frame } = cutItems(text, 'prompts');
  const root = parseFrame(frame);
  if (Array.isArray(root)) return { prompts: promptsOf(items) };
  if (typeof root !== 'object' || root === null) throw setFault('the file must be a list of prompts, or an object with "name" and "prompts"', { line: 1 });
  const unknown = Object.keys(root).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw setFault('is not known here; there are "name" and "prompts"', { line: 1, field: unknown.slice(0, 100) });
  const { name, prompts } = root as { readonly name?: unknown; readonly prompts?: unknown };
  if (!Array.isArray(prompts)) throw setFault('must be the list of prompts', { line: 1, field: 'prompts' });
  return { name, prompts: promptsOf(items) };
}

function* promptsOf(items: readonly JsonItem[]): Iterable<RawPrompt> {
  for (const { text, line } of items) yield { line, value: parseJson(text, line) };
}

function parseFrame(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    const errors: ParseError[] = [];
    parse(frame, errors, { disallowComments: true, allowTrailingComma: false });
    const line = frame.slice(0, errors[0]?.offset ?? 0).split('\n').length;
    throw noJson(line);
  }
}
