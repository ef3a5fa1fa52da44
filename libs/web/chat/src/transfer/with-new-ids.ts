import { newId } from '../archive/new-id';
import { type MessageRecord, type WholeConversation } from '../archive/records';

/** The same conversation under ids that nothing else has. */
export function withNewIds({ conversation, messages }: WholeConversation): WholeConversation {
  const id = newId();
  const ids = new Map(messages.map((message) => [message.id, newId()]));
  const renewed = <T extends string | null>(old: T): T => ((old === null ? undefined : ids.get(old)) ?? old) as T;
  return {
    conversation: { ...conversation, id, leaf: renewed(conversation.leaf) },
    messages: messages.map((message): MessageRecord => ({
      ...message,
      ...{ id: renewed(message.id), parent: renewed(message.parent), conversation: id },
      ...(message.role === 'assistant' ? { sentFrom: renewed(message.sentFrom) } : {}),
    })),
  };
}
