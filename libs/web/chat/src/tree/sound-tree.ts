import { isSoundId, soundConversation, soundMessage } from '../archive/sound-records';
import { type MessageRecord, type WholeConversation } from '../archive/records';
import { byAge } from './message-tree';
import { withMessageIds } from './with-new-ids';

/**
 * A kept conversation as one that can be opened: what hangs on nothing, or on itself, begins a branch of its own, and an
 * id that cannot be used is renewed. The same one where nothing is wrong with it.
 */
export function soundTree(whole: WholeConversation): WholeConversation {
  const conversation = soundConversation(whole.conversation);
  const messages = rooted(whole.messages.map(soundMessage));
  const isSame = conversation === whole.conversation && messages.every((message, at) => message === whole.messages[at]);
  const sound = isSame ? whole : { conversation, messages };
  return messages.every(({ id }) => isSoundId(id)) ? sound : withMessageIds(sound);
}

/** Every way up ends at a first message: one that leads nowhere is cut where it ends, a circle at its oldest message. */
function rooted(messages: readonly MessageRecord[]): readonly MessageRecord[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const reached = new Set<MessageRecord>();
  const cut = new Set<MessageRecord>();
  for (const message of messages) {
    const way = new Set<MessageRecord>();
    for (let at: MessageRecord | undefined = message; at && !reached.has(at);) {
      way.add(at);
      const above: MessageRecord | undefined = at.parent === null ? undefined : byId.get(at.parent);
      if (at.parent !== null && !above) cut.add(at);
      if (above && way.has(above)) cut.add(oldestOf([...way].slice([...way].indexOf(above)), at));
      at = above && way.has(above) ? undefined : above;
    }
    for (const each of way) reached.add(each);
  }
  return messages.map((message) => (cut.has(message) ? { ...message, parent: null } : message));
}

function oldestOf(messages: readonly MessageRecord[], first: MessageRecord): MessageRecord {
  return messages.reduce((oldest, message) => (byAge(message, oldest) < 0 ? message : oldest), first);
}
