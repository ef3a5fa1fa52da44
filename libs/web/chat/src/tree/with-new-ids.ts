import { newId } from '../archive/new-id';
import { type MessageRecord, type WholeConversation } from '../archive/records';

/** The same conversation under ids that nothing else has. */
export function withNewIds(whole: WholeConversation): WholeConversation {
  const { conversation, messages } = withNewMessageIds(whole);
  const id = newId();
  return { conversation: { ...conversation, id }, messages: messages.map((message) => ({ ...message, conversation: id })) };
}

/** The same messages under other ids: by default such that nothing else has. */
export function withNewMessageIds({ conversation, messages }: WholeConversation, idOf: (at: number) => string = newId): WholeConversation {
  const ids = new Map(messages.map((message, at) => [message.id, idOf(at)]));
  const renewed = (old: string | null): string | null => (old === null ? null : (ids.get(old) ?? null));
  return {
    conversation: { ...conversation, leaf: renewed(conversation.leaf) },
    messages: messages.map((message, at): MessageRecord => ({
      ...message,
      ...{ id: ids.get(message.id) ?? idOf(at), parent: renewed(message.parent) },
      ...(message.role === 'assistant' ? { sentFrom: renewed(message.sentFrom) } : {}),
    })),
  };
}
