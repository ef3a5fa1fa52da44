/** What no store and no model takes: NUL, and half a pair of surrogates. */
const NO_TEXT = /\0|\p{Surrogate}/u;

/** Whether all texts in a JSON value, names included, are whole. */
export function isWholeText(value: unknown): boolean {
  if (typeof value === 'string') return !NO_TEXT.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, held]) => !NO_TEXT.test(name) && isWholeText(held));
}
