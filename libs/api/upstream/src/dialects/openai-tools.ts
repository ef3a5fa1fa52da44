import type { Demands, ToolDefinition } from '@tandem/api/completion';
import type { ChatTurn } from '@tandem/shared/contracts';

/** A conversation as OpenAI's chat takes it, images, tool calls and what came of them included. */
export function conversationOf(messages: readonly ChatTurn[]): readonly object[] {
  return messages.map(({ role, content, images = [], tool_calls: calls = [], tool_call_id: id }) => {
    if (images.length > 0) return { role, content: [{ type: 'text', text: content }, ...images.map((url) => ({ type: 'image_url', image_url: { url } }))] };
    if (id !== undefined) return { role: 'tool', tool_call_id: id, content };
    if (calls.length === 0) return { role, content };
    const told = calls.map((call) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } }));
    return { role, content: content === '' ? null : content, tool_calls: told };
  });
}

export function definitionsOf(tools: readonly ToolDefinition[]): readonly object[] {
  return tools.map((tool) => ({ type: 'function', function: tool }));
}

/** What is said of tools beside the conversation. */
export function toolFields({ tools, toolChoice, parallelToolCalls }: Demands): Record<string, unknown> {
  if (tools === undefined) return {};
  return {
    tools: definitionsOf(tools),
    ...(toolChoice === undefined ? {} : { tool_choice: typeof toolChoice === 'string' ? toolChoice : { type: 'function', function: toolChoice } }),
    ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
  };
}
