import type { ChatTurn } from '@tandem/shared/contracts';
import { isObject, readJson } from './json';

export { definitionsOf } from './openai-tools';

/** A conversation as Ollama takes it: arguments are objects there, and what came of a call is told by the tool's name. */
export function conversationOf(messages: readonly ChatTurn[]): readonly object[] {
  const names = new Map(messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id, name }) => [id, name] as const)));
  return messages.map(({ role, content, images = [], tool_calls: calls = [], tool_call_id: id }) => {
    // without the head that a data URL has
    if (images.length > 0) return { role, content, images: images.map((url) => url.slice(url.indexOf(',') + 1)) };
    if (id !== undefined) return { role: 'tool', content, tool_name: names.get(id) ?? '' };
    if (calls.length === 0) return { role, content };
    return { role, content, tool_calls: calls.map((call) => ({ function: { name: call.name, arguments: objectOf(call.arguments) } })) };
  });
}

function objectOf(json: string): object {
  const value = readJson(json);
  return isObject(value) ? value : {};
}
