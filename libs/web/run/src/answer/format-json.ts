/** Above this the arguments stay as they came, in UTF-16 characters: nobody reads so many, and each piece would lay them out anew. */
const LONGEST = 20_000;

const STRING_OR_MARK = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gsu;

/**
 * JSON on lines of its own, each value exactly as it was written: numbers keep their digits and strings their escapes.
 * What is not JSON is given back unchanged; with `isComplete` false, what may become JSON is laid out as far as it is there.
 */
export function formatJson(text: string, isComplete: boolean): string {
  if (text.length > LONGEST || !/^\s*[{[]/.test(text) || (isComplete && !isJson(text))) return text;
  const [lines, depth] = [[''], { now: 0 }];
  const add = (piece: string): void => void (lines[lines.length - 1] += piece);
  const breakLine = (): void => void lines.push('  '.repeat(depth.now));
  let before = '';
  for (const [piece] of text.matchAll(STRING_OR_MARK)) {
    if (piece === '}' || piece === ']') {
      depth.now = Math.max(0, depth.now - 1);
      if (before !== '{' && before !== '[') breakLine();
    } else if (before === '{' || before === '[' || before === ',') breakLine();
    add(piece === ':' ? ': ' : piece);
    if (piece === '{' || piece === '[') depth.now += 1;
    before = piece;
  }
  return lines.join('\n');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
