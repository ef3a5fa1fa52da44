import type { ChatTurn } from './requests';

/** All that a message says as text, for whoever has no other place for tool calls. */
export function spokenOf({ content, tool_calls: calls = [] }: ChatTurn): string {
  const told = calls.map((call) => `${call.name}(${call.arguments})`);
  return [content, ...told].filter((part) => part !== '').join('\n');
}
