import { PROMPT_SET_LIMITS } from '@tandem/shared/contracts';

const TYPES = { jsonl: 'application/x-ndjson', csv: 'text/csv', json: 'application/json' } as const;

const ENDINGS: Readonly<Record<string, keyof typeof TYPES>> = { jsonl: 'jsonl', ndjson: 'jsonl', csv: 'csv', json: 'json' };

/** What a file picker offers. */
export const SET_ENDINGS = Object.keys(ENDINGS)
  .map((ending) => `.${ending}`)
  .join(',');

/** What is sent as a prompt set: its bytes with the media type of their format, and what it is to be called. */
export interface SetFile {
  readonly body: Blob;
  /** Empty for what the file calls itself. */
  readonly name: string;
}

/** A file as it is sent: how it is written, its ending tells, else its first characters. */
export async function setOfFile(file: File): Promise<SetFile> {
  const [, stem = file.name, ending = ''] = /^(.+)\.(\w+)$/.exec(file.name) ?? [];
  const known = ENDINGS[ending.toLowerCase()];
  const format = known ?? formatOf(await file.text());
  // a JSON file may name itself
  const name = format === 'json' ? '' : (known ? stem : file.name).slice(0, PROMPT_SET_LIMITS.nameCharacters);
  return { body: new Blob([file], { type: TYPES[format] }), name };
}

export function setOfText(text: string, name: string): SetFile {
  return { body: new Blob([text], { type: TYPES[formatOf(text)] }), name: name.trim() };
}

/** Why it need not be sent at all; empty where it may. */
export function refusalOf({ body: { size } }: SetFile): string {
  const most = PROMPT_SET_LIMITS.bytes;
  if (size <= most) return '';
  return `The file has ${toMebibytes(size)} MiB; a prompt set takes ${toMebibytes(most)} MiB. Split it.`;
}

/** One object a line is JSONL; a list, or an object over several lines, is JSON; all else names columns. */
export function formatOf(text: string): keyof typeof TYPES {
  const begun = text.replace(/^\uFEFF/, '').trimStart();
  if (begun.startsWith('[')) return 'json';
  if (!begun.startsWith('{')) return 'csv';
  const [first = ''] = begun.split('\n', 1);
  return isPrompt(first) ? 'jsonl' : isSet(begun) ? 'json' : 'jsonl';
}

function isPrompt(line: string): boolean {
  const value = parse(line);
  return value !== undefined && !('prompts' in value);
}

/** Also one that is broken further on: its faults are told as JSON's. */
function isSet(text: string): boolean {
  return /^\{\s*"(?:prompts|name)"/.test(text);
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function toMebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toLocaleString('en', { maximumFractionDigits: 1 });
}
