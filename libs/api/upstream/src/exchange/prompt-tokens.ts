import type { ChatTurn } from '@tandem/shared/contracts';
import { isObject, type JsonObject, readCount } from '../dialects/json';
import { conversationOf } from '../dialects/openai-tools';
import type { SideRoutes } from './side-routes';

/** Of a text's tokens: far more than there are in the longest that Tandem takes. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The tokens of a prompt, and how their vocabulary spells them; null where that is not told. */
export interface ToldPrompt {
  readonly ids: readonly number[];
  readonly spellings: readonly string[] | null;
}

/** What a server makes of prompts, by its `/tokenize` and `/detokenize` as vLLM and SGLang have them. Undefined where it does not tell. */
export class PromptTokens {
  constructor(private readonly routes: SideRoutes) {}

  /** `isBare`: without what begins every prompt. */
  async ofText(model: string, text: string, { isBare }: { readonly isBare: boolean }, signal: AbortSignal): Promise<ToldPrompt | undefined> {
    return this.tokens({ model, prompt: text, add_special_tokens: !isBare, return_token_strs: true }, signal);
  }

  /** What begins a prompt, before a text whose own tokens are these. */
  async opening(model: string, text: string, { ids }: ToldPrompt, signal: AbortSignal): Promise<readonly number[] | undefined> {
    const whole = await this.ofText(model, text, { isBare: false }, signal);
    const at = whole?.ids.findIndex((_, start) => ids.every((id, index) => whole.ids[start + index] === id)) ?? -1;
    return at < 0 ? undefined : whole?.ids.slice(0, at);
  }

  /** Of a conversation, up to where the answer begins. */
  async ofConversation(model: string, messages: readonly ChatTurn[], signal: AbortSignal): Promise<ToldPrompt | undefined> {
    return this.tokens({ model, messages: conversationOf(messages), add_generation_prompt: true, return_token_strs: true }, signal);
  }

  /** Of a conversation whose last message is to be gone on with. */
  async ofUnfinished(model: string, messages: readonly ChatTurn[], signal: AbortSignal): Promise<ToldPrompt | undefined> {
    const goesOn = { add_generation_prompt: false, continue_final_message: true };
    return this.tokens({ model, messages: conversationOf(messages), ...goesOn, return_token_strs: true }, signal);
  }

  /** The text of tokens, control tokens as they are written. */
  async textOf(model: string, ids: readonly number[], signal: AbortSignal): Promise<string | undefined> {
    const { prompt, text } = (await this.routes.object('/detokenize', { model, tokens: ids, skip_special_tokens: false }, signal, MOST_BYTES)) ?? {};
    return [prompt, text].find((said) => typeof said === 'string');
  }

  private async tokens(body: JsonObject, signal: AbortSignal): Promise<ToldPrompt | undefined> {
    const told = await this.routes.ask('/tokenize', body, signal, MOST_BYTES);
    const { tokens, token_strs: spellings } = told.kind === 'told' && isObject(told.document) ? told.document : {};
    if (!Array.isArray(tokens) || tokens.length === 0 || tokens.some((id) => readCount(id) === undefined)) return undefined;
    const areSpelled = Array.isArray(spellings) && spellings.length === tokens.length && spellings.every((spelling) => typeof spelling === 'string');
    return { ids: tokens as number[], spellings: areSpelled ? (spellings as string[]) : null };
  }
}
