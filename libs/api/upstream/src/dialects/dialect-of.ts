import type { Protocol } from '@tandem/shared/contracts';
import type { Dialect } from './dialect';
import { llamaServer } from './llama-server';
import { ollama } from './ollama';
import { openaiChat } from './openai-chat';
import { openaiCompletions } from './openai-completions';
import { plainEvents, plainText } from './plain-server';
import { tgi } from './tgi';

const DIALECTS: Readonly<Record<Exclude<Protocol, 'auto'>, Dialect>> = {
  'openai-chat': openaiChat,
  'openai-completions': openaiCompletions,
  'llama-server': llamaServer,
  ollama,
  tgi,
  text: plainText,
  sse: plainEvents,
};

/** The dialect of a protocol. */
export function dialectOf(protocol: Exclude<Protocol, 'auto'>): Dialect {
  return DIALECTS[protocol];
}
