/** A stretch of an answer that is prose, or code between fences. Places are in UTF-16 characters. */
export interface Part {
  readonly isCode: boolean;
  readonly begin: number;
  readonly end: number;
}

/** A fence, also within a list. What stands behind one of backticks holds none. */
const FENCE = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/;

/** An answer's parts in their order: together they are all of it. The lines of the fences belong to the code. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let [begin, mark] = [0, ''];
  const close = (isCode: boolean, end: number): void => {
    if (end > begin) parts.push({ isCode, begin, end });
    begin = end;
  };
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, end).trimEnd();
    if (mark === '') {
      mark = FENCE.exec(line)?.[1] ?? '';
      if (mark !== '') close(false, at);
    } else if (closes(line.trim(), mark)) {
      close(true, end);
      mark = '';
    }
    at = end;
  }
  close(mark !== '', text.length);
  return parts;
}

function closes(line: string, mark: string): boolean {
  return line.startsWith(mark) && line.replaceAll(mark.charAt(0), '') === '';
}
