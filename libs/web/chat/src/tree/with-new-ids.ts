import { newId } from '@tandem/web/run';
import { type MessageRecord, type WholeConversation } from '../archive/records';

/** The same conversations under ids that nothing else has, and that sort as they stand here: what is as old stays in order. */
export function withNewIds(all: readonly WholeConversation[]): readonly WholeConversation[] {
  const common = newId();
  return all.map((whole, at) => {
    const id = placeId(common, at);
    return withMessageIds({ conversation: { ...whole.conversation, id }, messages: whole.messages.map((message) => ({ ...message, conversation: id })) });
  });
}

/** The same messages under ids that tell the conversation and their place in it: whoever does this, does the same. */
export function withMessageIds({ conversation, messages }: WholeConversation): WholeConversation {
  const ids = new Map(messages.map((message, at) => [message.id, placeId(conversation.id, at)]));
  const renewed = (old: string | null): string | null => (old === null ? null : (ids.get(old) ?? null));
  return {
    conversation: { ...conversation, leaf: renewed(conversation.leaf) },
    messages: messages.map((message, at): MessageRecord => ({
      ...message,
      ...{ id: placeId(conversation.id, at), parent: renewed(message.parent) },
      ...(message.role === 'assistant' ? { sentFrom: renewed(message.sentFrom) } : {}),
    })),
  };
}

function placeId(common: string, at: number): string {
  return `${common}-${String(at).padStart(5, '0')}`;
}
