import { type PathStep } from '../tree/message-tree';

/** How much of a conversation is shown at once: more would take seconds to open. Characters are UTF-16 ones. */
const MESSAGES = 60;
const CHARACTERS = 200_000;

/** From which step on so many of the messages before `end` are shown as can be at once; at least two of them. */
export function shownFrom(path: readonly PathStep[], end: number): number {
  let characters = 0;
  let from = end;
  while (from > 0 && end - from < MESSAGES) {
    characters += path[from - 1]?.message.text.length ?? 0;
    if (characters > CHARACTERS && end - from >= 2) break;
    from -= 1;
  }
  return from;
}
