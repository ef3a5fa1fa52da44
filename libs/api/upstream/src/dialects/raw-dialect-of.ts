import type { Dialect } from './dialect';
import { llamaServer, llamaServerRaw } from './llama-server';
import { ollama, ollamaRaw } from './ollama';
import { openaiChat } from './openai-chat';
import { openaiCompletions } from './openai-completions';

const RAW: ReadonlyMap<Dialect, Dialect> = new Map([
  [openaiChat, openaiCompletions],
  [llamaServer, llamaServerRaw],
  [ollama, ollamaRaw],
]);

/** How a server that chats is asked to go on with a text; undefined for those that are given one text anyway. */
export function rawDialectOf(dialect: Dialect): Dialect | undefined {
  return RAW.get(dialect);
}
