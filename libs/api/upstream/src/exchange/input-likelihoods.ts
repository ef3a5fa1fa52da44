import type { ScoringRequest, TextPart } from '@tandem/api/completion';
import { type Fault, silentOnPrompts, unableToScore } from '@tandem/api/faults';
import { isObject, type JsonObject } from '../dialects/json';
import { bytesByWords, partsOfTold, readInputToken, type ToldToken } from '../dialects/told-tokens';
import type { ModelName } from '../server/model-name';
import { bytesFor } from './likelihood-document';
import { PromptTokens } from './prompt-tokens';
import type { SideRoutes } from './side-routes';
import { silentOnBytes, silentOnTokens } from './silent-on';

/** What begins a prompt is one token, where there is any. */
const MOST_BEFORE = 2;

/**
 * How likely a text is for SGLang, which tells that of a prompt's tokens from any of them on by its own route. Versions without
 * `/tokenize` are given the text alone, as text.
 */
export class InputLikelihoods {
  private readonly tokens: PromptTokens;

  constructor(
    private readonly routes: SideRoutes,
    private readonly modelName: ModelName,
    /** Whether the server has said that it is one: of another, who knows how much its `/generate` generates. */
    private readonly isKnown: boolean,
  ) {
    this.tokens = new PromptTokens(routes);
  }

  /** @throws Fault `scoring_unsupported` where the server does not do as SGLang does */
  async read({ messages, text, alternatives }: ScoringRequest, _onProgress: (share: number) => void, signal: AbortSignal): Promise<readonly TextPart[]> {
    const model = await this.modelName.get();
    const own = await this.tokens.ofText(model, text, { isBare: true }, signal);
    if (own === undefined) {
      if (!this.isKnown) throw silentOnTokens(this.routes.host);
      if (messages.length > 0) throw this.silentOnMessages();
      return this.ofText(text, alternatives, signal);
    }
    const before =
      messages.length === 0 ? await this.tokens.opening(model, text, own, signal) : (await this.tokens.ofConversation(model, messages, signal))?.ids;
    if (before === undefined) throw this.silentOnMessages();
    const ids = [...before, ...own.ids];
    // of the first that is asked about nothing is told
    const start = Math.max(0, before.length - 1);
    const told = (await this.inputTokens({ input_ids: ids }, { start, alternatives, tokens: ids.length }, signal)).slice(-own.ids.length);
    if (told.length !== own.ids.length || told.some(({ id }, index) => id !== own.ids[index])) throw silentOnPrompts(this.routes.host);
    return this.parts(told, text, { most: alternatives, isFirstFree: before.length === 0 });
  }

  private async ofText(text: string, alternatives: number, signal: AbortSignal): Promise<readonly TextPart[]> {
    const told = await this.inputTokens({ text }, { start: 0, alternatives, tokens: text.length }, signal);
    for (let before = 0; before <= Math.min(MOST_BEFORE, told.length - 1); before++) {
      const own = told.slice(before);
      if (bytesByWords(own, Buffer.from(text, 'utf8')) !== undefined) return this.parts(own, text, { most: alternatives, isFirstFree: before === 0 });
    }
    throw silentOnPrompts(this.routes.host);
  }

  private async inputTokens(
    prompt: JsonObject,
    { start, alternatives, tokens }: { readonly start: number; readonly alternatives: number; readonly tokens: number },
    signal: AbortSignal,
  ): Promise<readonly ToldToken[]> {
    const body = {
      ...prompt,
      sampling_params: { max_new_tokens: 1, temperature: 0 },
      return_logprob: true,
      logprob_start_len: start,
      top_logprobs_num: alternatives,
      return_text_in_logprobs: true,
      stream: false,
    };
    const document = await this.routes.object('/generate', body, signal, bytesFor(tokens, alternatives));
    const about = document?.['meta_info'];
    const { input_token_logprobs: entries, input_top_logprobs: others } = isObject(about) ? about : {};
    if (!Array.isArray(entries)) throw silentOnPrompts(this.routes.host);
    return entries.map((entry: unknown, index) => {
      const token = readInputToken(entry, Array.isArray(others) ? others[index] : null);
      if (token === undefined) throw silentOnPrompts(this.routes.host);
      return token;
    });
  }

  private parts(told: readonly ToldToken[], text: string, how: { readonly most: number; readonly isFirstFree: boolean }): readonly TextPart[] {
    const bytes = bytesByWords(told, Buffer.from(text, 'utf8'));
    if (bytes === undefined) throw silentOnBytes(this.routes.host);
    const parts = partsOfTold(told, bytes, how);
    if (parts === undefined) throw silentOnPrompts(this.routes.host);
    return parts;
  }

  private silentOnMessages(): Fault {
    return unableToScore(this.routes.host, 'does not tell what it makes of a conversation: leave the messages out');
  }
}
