import { textWithCalls } from '@tandem/web/run';
import { type MessageRecord, type WholeConversation } from '../archive/records';
import { pathTo } from '../tree/message-tree';

/** The shown branch of a conversation, to be read anywhere. */
export function asMarkdown({ conversation, messages }: WholeConversation): string {
  const path = pathTo(new Map(messages.map((message) => [message.id, message])), conversation.leaf);
  const parts = path.map(({ message }) => `## ${message.role === 'user' ? 'You' : message.modelTitle}\n\n${textOf(message).trim()}\n`);
  const system = conversation.system.trim();
  const date = new Date(conversation.createdAtMs).toISOString().slice(0, 10);
  return [`# ${conversation.title || 'Untitled'}\n`, `${date}\n`, ...(system ? [`> ${system.replaceAll('\n', '\n> ')}\n`] : []), ...parts].join('\n');
}

/** Images by their names alone: what they hold is in the JSON. */
function textOf(message: MessageRecord): string {
  if (message.role === 'assistant') return textWithCalls(message);
  return [...(message.images ?? []).map(({ name }) => `*Image: ${name}*`), message.text].join('\n\n');
}
