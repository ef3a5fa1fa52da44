const MAX_CHARACTERS = 80;

/** A name out of a file, fit for a sentence: nothing invisible in it, and not endless. */
export function quoted(name: string): string {
  const visible = name.slice(0, MAX_CHARACTERS + 1).replace(/[\p{C}\p{Zl}\p{Zp}"]/gu, '?');
  return `"${name.length > MAX_CHARACTERS ? `${visible.slice(0, MAX_CHARACTERS)}…` : visible}"`;
}
