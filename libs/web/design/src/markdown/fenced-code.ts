import { GrowingCode } from './growing-code';

const FENCE = /^(?:`{3,}(?=[^`\n]*(?:\n|$))|~{3,})/;

/** The language that an opening fence names, or nothing. */
export function languageOfFence(line: string): string {
  const [name] = /^[\w+#.-]{1,24}/.exec(line.trim().replace(FENCE, '').trimStart()) ?? [''];
  return name.toLowerCase();
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
  const language = languageOfFence(source.slice(0, source.indexOf('\n')));
  if (language) growing.element.querySelector('code')?.classList.add(`language-${language}`);
  return growing.element;
}
