import { type ChatTurn, spokenOf } from '@tandem/shared/contracts';

const SPEAKERS: Readonly<Record<ChatTurn['role'], string>> = { system: 'System', user: 'User', assistant: 'Assistant' };

/** A conversation for servers that take one text: a lone message as it is, several as a script with the answer to come. */
export function promptOf(messages: readonly ChatTurn[]): string {
  const [first] = messages;
  if (messages.length === 1 && first !== undefined) return first.content;
  return [...messages.map((message) => `${SPEAKERS[message.role]}: ${spokenOf(message)}`), 'Assistant:'].join('\n\n');
}
