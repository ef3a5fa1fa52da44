import { setImmediate as nextTurn } from 'node:timers/promises';
import { isStorable } from '@tandem/api/store';
import { PROMPT_SET_LIMITS, type SetPrompt } from '@tandem/shared/contracts';
import { decodeText } from './decode-text';
import type { RawSet } from './raw-prompt';
import { readCsv } from './read-csv';
import { readJson } from './read-json';
import { readJsonLines } from './read-jsonl';
import { readPrompt, type ReadPrompt } from './read-prompt';
import { setFault, tooManyPrompts } from './set-fault';

/** How a file of prompts is written. */
export type SetFormat = 'jsonl' | 'csv' | 'json';

export interface PromptSetFile {
  /** As the file calls itself, where it does. */
  readonly name?: string;
  readonly prompts: readonly SetPrompt[];
}

/** For how long a file is read before others have their turn, in milliseconds. */
const TURN_MS = 8;

/**
 * Reads a whole file, so that a set is there as it was meant or not at all.
 * @throws Fault `invalid_request` with the line and the field that are wrong, `payload_too_large` for more prompts than a set takes
 */
export async function readPromptSet(bytes: Buffer, format: SetFormat): Promise<PromptSetFile> {
  const { name, prompts: raws } = readRaw(decodeText(bytes), format);
  const prompts: { readonly read: ReadPrompt; readonly line: number }[] = [];
  let turnBegan = performance.now();
  for await (const raw of raws) {
    if (prompts.length === PROMPT_SET_LIMITS.prompts) throw tooManyPrompts(raw.line);
    prompts.push({ read: readPrompt(raw), line: raw.line });
    if (performance.now() - turnBegan < TURN_MS) continue;
    await nextTurn();
    turnBegan = performance.now();
  }
  if (prompts.length === 0) throw setFault('the file has no prompts', { line: 1 });
  return { ...(name === undefined ? {} : { name: nameOf(name) }), prompts: withIds(prompts) };
}

function readRaw(text: string, format: SetFormat): RawSet {
  switch (format) {
    case 'jsonl':
      return { prompts: readJsonLines(text) };
    case 'csv':
      return { prompts: readCsv(text) };
    case 'json':
      return readJson(text);
    default:
      return format satisfies never;
  }
}

function nameOf(name: unknown): string {
  const most = PROMPT_SET_LIMITS.nameCharacters;
  if (typeof name === 'string' && name.trim() !== '' && name.length <= most && isStorable(name)) return name;
  throw setFault(`must be text of 1 to ${most} characters`, { field: 'name' });
}

/** A prompt without an id is called by its place, with something behind it where another is called so. */
function withIds(prompts: readonly { readonly read: ReadPrompt; readonly line: number }[]): readonly SetPrompt[] {
  const taken = new Set<string>();
  for (const { read, line } of prompts) {
    if (read.id === undefined) continue;
    if (taken.has(read.id)) throw setFault('is the id of a prompt before it as well; ids must be unique', { line, field: 'id' });
    taken.add(read.id);
  }
  return prompts.map(({ read }, at): SetPrompt => {
    if (read.id !== undefined) return { ...read, id: read.id };
    let id = String(at + 1);
    while (taken.has(id)) id += '-';
    taken.add(id);
    return { ...read, id };
  });
}
