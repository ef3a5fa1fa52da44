/** Between two characters. */
export const BETWEEN = 0;
/** What cannot become text any more. */
export const BROKEN = -1;

type Step = readonly [from: number, to: number, next: number];

const MORE = [0x80, 0xbf] as const;
/**
 * UTF-8 as a table: by state, which bytes may come next and what state they lead to. The first byte of a character can
 * limit the second, so that nothing is spelled longer than it needs to be, no half of a surrogate pair and nothing above
 * U+10FFFF is spelled at all. NUL is left out: llama.cpp takes it for the end of a token.
 */
const STEPS: readonly (readonly Step[])[] = [
  [
    [0x01, 0x7f, BETWEEN],
    [0xc2, 0xdf, 1],
    [0xe0, 0xe0, 4],
    [0xe1, 0xec, 2],
    [0xed, 0xed, 5],
    [0xee, 0xef, 2],
    [0xf0, 0xf0, 6],
    [0xf1, 0xf3, 3],
    [0xf4, 0xf4, 7],
  ],
  [[...MORE, BETWEEN]],
  [[...MORE, 1]],
  [[...MORE, 2]],
  [[0xa0, 0xbf, 1]],
  [[0x80, 0x9f, 1]],
  [[0x90, 0xbf, 2]],
  [[0x80, 0x8f, 2]],
];

export const STATES: readonly number[] = STEPS.map((_, state) => state);

export function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= MORE[0] && byte <= MORE[1];
}

/** The state behind some bytes. */
export function stateAfter(state: number, bytes: Uint8Array): number {
  let reached = state;
  for (const byte of bytes) {
    reached = STEPS[reached]?.find(([from, to]) => byte >= from && byte <= to)?.[2] ?? BROKEN;
    if (reached === BROKEN) return BROKEN;
  }
  return reached;
}
