import { type MessageRecord } from '../archive/records';

export type Messages = ReadonlyMap<string, MessageRecord>;

/** A message on the shown branch, and the branches it stands among, the oldest first. */
export interface Place {
  readonly message: MessageRecord;
  readonly branches: readonly string[];
}

/** From the first message to `leaf`, each with its branches. A leaf that is not there makes no path. */
export function pathTo(messages: Messages, leaf: string | null): readonly Place[] {
  const children = childrenOf(messages);
  const path: Place[] = [];
  for (let at = messages.get(leaf ?? ''); at; at = messages.get(at.parent ?? '')) {
    path.unshift({ message: at, branches: children.get(at.parent) ?? [at.id] });
  }
  return path;
}

/** Where the branch through `id` ends, going on with the newest at every fork. */
export function leafBelow(messages: Messages, id: string): string {
  const children = childrenOf(messages);
  let leaf = id;
  for (let next = children.get(leaf)?.at(-1); next !== undefined; next = children.get(leaf)?.at(-1)) leaf = next;
  return leaf;
}

/** Whether `id` is `leaf`, or a message on the way to it. */
export function isOnTheWay(messages: Messages, id: string | null, leaf: string | null): boolean {
  if (id === null) return true;
  for (let at = messages.get(leaf ?? ''); at; at = messages.get(at.parent ?? '')) if (at.id === id) return true;
  return false;
}

/** The newest message: where one goes on who has no other place to. */
export function newestOf(messages: Messages): string | null {
  return [...messages.values()].sort(byAge).at(-1)?.id ?? null;
}

export function byAge(a: MessageRecord, b: MessageRecord): number {
  return a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1);
}

function childrenOf(messages: Messages): ReadonlyMap<string | null, readonly string[]> {
  const children = new Map<string | null, string[]>();
  for (const { id, parent } of [...messages.values()].sort(byAge)) {
    const siblings = children.get(parent);
    if (siblings) siblings.push(id);
    else children.set(parent, [id]);
  }
  return children;
}
