import type { ModelEntry } from '@tandem/shared/contracts';
import jsonc, { type FormattingOptions } from 'jsonc-parser';

export type ListName = 'baseline_models' | 'twodelta_models';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The document with one more model at a list's end; what stands outside of that list stays as it is written.
 * A list that it does not give begins with `before`: what is in force in its place would be gone otherwise.
 */
export function addToDocument(text: string, list: ListName, entry: ModelEntry, before: readonly ModelEntry[]): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const content = text.slice(mark.length);
  const formattingOptions = formatOf(content);
  const document = JSON.parse(content) as Partial<Record<ListName, unknown>>;
  const edits =
    document[list] === undefined
      ? jsonc.modify(content, [list], [...before, entry], { formattingOptions })
      : jsonc.modify(content, [list, -1], entry, { formattingOptions, isArrayInsertion: true });
  return mark + jsonc.applyEdits(content, edits);
}

function formatOf(content: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(content)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol: content.includes('\r\n') ? '\r\n' : '\n' };
}
