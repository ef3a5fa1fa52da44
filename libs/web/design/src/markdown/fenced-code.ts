import { GrowingCode } from './growing-code';

const FENCE = /^(?:`{3,}(?=[^`\n]*(?:\n|$))|~{3,})/;

/** The longest description of code that is said over it, in UTF-16 characters. */
const LONGEST_INFO = 80;

/** What stands behind an opening fence: a language, a file, or nothing. */
export function infoOfFence(line: string): string {
  return line.trim().replace(FENCE, '').trim().slice(0, LONGEST_INFO);
}

/** The language that it begins with, or nothing. */
export function languageOf(info: string): string {
  return /^[\w+#.-]{1,24}/.exec(info)?.[0].toLowerCase() ?? '';
}

/** A block that is one fence and its code as elements, however long it is; nothing for any other block. */
export function fencedCode(source: string): HTMLPreElement | undefined {
  const [mark] = FENCE.exec(source) ?? [];
  if (mark === undefined) return undefined;
  const text = source.trimEnd();
  const lastAt = text.lastIndexOf('\n') + 1;
  const last = text.slice(lastAt).trim();
  const isClosed = lastAt > 0 && last.startsWith(mark) && last.replaceAll(mark.charAt(0), '') === '';
  const growing = new GrowingCode();
  growing.show(isClosed ? text.slice(0, lastAt) : source);
  const info = infoOfFence(source.slice(0, source.indexOf('\n')));
  const code = growing.element.querySelector('code');
  if (code && info) code.title = info;
  if (languageOf(info)) code?.classList.add(`language-${languageOf(info)}`);
  return growing.element;
}
