/** What no store and no model takes: NUL, and half a pair of surrogates. */
const NO_TEXT = /\0|\p{Surrogate}/u;

/** Whether all texts in a JSON value, names included, are whole. */
export function isWholeText(value: unknown): boolean {
  // no call for each level: a file may nest deeper than calls go
  const left = [value];
  while (left.length > 0) {
    const held = left.pop();
    if (typeof held === 'string' && NO_TEXT.test(held)) return false;
    if (typeof held === 'object' && held !== null) for (const [name, part] of Object.entries(held)) left.push(name, part);
  }
  return true;
}
