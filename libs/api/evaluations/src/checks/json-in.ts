/** One code fence around everything, as models put it around JSON. */
const FENCE = /^```[\w-]*[ \t]*\r?\n([^]*)\n[ \t]*```$/;

/** The JSON that an answer is, alone or inside one code fence; undefined where it is none. */
export function jsonIn(answer: string): { readonly value: unknown } | undefined {
  const text = answer.trim();
  const inside = FENCE.exec(text)?.[1] ?? text;
  try {
    return { value: JSON.parse(inside) };
  } catch {
    return undefined;
  }
}
