import { type MessageRecord } from '../archive/records';

export type Messages = ReadonlyMap<string, MessageRecord>;

/** A message on the shown branch, and the branches it stands among, the oldest first. */
export interface PathStep {
  readonly message: MessageRecord;
  readonly branches: readonly string[];
}

/** From the first message to `leaf`, each with its branches. A leaf that is not there makes no path. */
export function pathTo(messages: Messages, leaf: string | null): readonly PathStep[] {
  const children = childrenOf(messages);
  const steps = wayUp(messages, leaf).map((message) => ({ message, branches: children.get(message.parent) ?? [message.id] }));
  return steps.reverse();
}

/** Where the branch through `id` ends, going on with the newest at every fork. */
export function leafBelow(messages: Messages, id: string): string {
  const children = childrenOf(messages);
  const way = new Set([id]);
  let leaf = id;
  for (let next = children.get(leaf)?.at(-1); next !== undefined && !way.has(next); next = children.get(leaf)?.at(-1)) {
    way.add(next);
    leaf = next;
  }
  return leaf;
}

/** Whether `id` is `leaf`, or a message on the way to it. */
export function isOnTheWay(messages: Messages, id: string | null, leaf: string | null): boolean {
  return id === null || wayUp(messages, leaf).some((message) => message.id === id);
}

/** From a message to the first, itself included. Where the parents go in a circle, as long as none comes again. */
function wayUp(messages: Messages, leaf: string | null): MessageRecord[] {
  const way = new Set<MessageRecord>();
  let at = leaf === null ? undefined : messages.get(leaf);
  while (at && !way.has(at)) {
    way.add(at);
    at = at.parent === null ? undefined : messages.get(at.parent);
  }
  return [...way];
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
