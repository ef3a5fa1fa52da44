import type { ChatTurn } from '@tandem/shared/contracts';
import { isObject, type JsonObject, readCount } from '../dialects/json';
import { conversationOf } from '../dialects/openai-tools';
import type { SideRoutes } from './side-routes';

const MOST_BYTES = 32 * 1024 * 1024;

/** A token, and what the vocabulary writes for it: perhaps part of a character. */
export interface SpelledToken {
  readonly id: number;
  readonly bytes: readonly number[];
}

/** What llama.cpp's own server makes of prompts. Undefined where a server does not tell that as it does. */
export class LlamaTokens {
  constructor(private readonly routes: SideRoutes) {}

  /** A conversation as the model's template writes it, up to where the answer begins. */
  async rendered(messages: readonly ChatTurn[], signal: AbortSignal): Promise<string | undefined> {
    const { prompt } = (await this.object('/apply-template', { messages: conversationOf(messages) }, signal)) ?? {};
    return typeof prompt === 'string' ? prompt : undefined;
  }

  /** `isPrompt`: what begins every prompt comes first, and control words are read as such. */
  async of(content: string, isPrompt: boolean, signal: AbortSignal): Promise<readonly SpelledToken[] | undefined> {
    const { tokens } = (await this.object('/tokenize', { content, add_special: isPrompt, parse_special: isPrompt, with_pieces: true }, signal)) ?? {};
    const read = Array.isArray(tokens) ? tokens.map(readToken) : [undefined];
    return read.every((token) => token !== undefined) ? read : undefined;
  }

  private object(path: string, body: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined> {
    return this.routes.object(path, body, signal, MOST_BYTES);
  }
}

function readToken(token: unknown): SpelledToken | undefined {
  const { id, piece } = isObject(token) ? token : {};
  const bytes = typeof piece === 'string' ? [...Buffer.from(piece, 'utf8')] : readBytes(piece);
  const number = readCount(id);
  return number === undefined || bytes === undefined ? undefined : { id: number, bytes };
}

/** A list of bytes; undefined for anything else. */
export function readBytes(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number') ? value : undefined;
}
