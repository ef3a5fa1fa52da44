import { silentOnPrompts, unableToScore } from '@tandem/api/faults';
import type { ScoringRequest, TextPart } from '@tandem/api/completion';
import type { ChatTurn } from '@tandem/shared/contracts';
import { isObject, type JsonObject } from '../dialects/json';
import { conversationOf } from '../dialects/openai-tools';
import { bytesOfSpellings, type TokenBytes } from '../dialects/token-spellings';
import { bytesByWords, partsOfTold, readPromptLogprobs, type ToldToken } from '../dialects/told-tokens';
import type { ModelName } from '../server/model-name';
import { bytesFor } from './likelihood-document';
import { PromptTokens, type ToldPrompt } from './prompt-tokens';
import type { SideRoutes } from './side-routes';
import { silentOnBytes, silentOnTokens } from './silent-on';

/** More are refused, but where the server was started with more. */
const MOST_ALTERNATIVES = 20;

/** The prompt of a text, as far as its tokens are known. */
interface KnownPrompt {
  readonly ids: readonly number[];
  /** Those of the text are the last ones. */
  readonly own: ToldPrompt;
}

/**
 * How likely a text is for vLLM, which tells that of all tokens of a prompt in one reading (`prompt_logprobs`). The prompt is sent as
 * tokens: the conversation as the server's template writes it up to the answer, then the text, which is cut by itself.
 */
export class PromptLikelihoods {
  private readonly tokens: PromptTokens;

  constructor(
    private readonly routes: SideRoutes,
    private readonly modelName: ModelName,
  ) {
    this.tokens = new PromptTokens(routes);
  }

  /** @throws Fault `scoring_unsupported` where the server does not do as vLLM does */
  async read({ messages, text, alternatives }: ScoringRequest, _onProgress: (share: number) => void, signal: AbortSignal): Promise<readonly TextPart[]> {
    const model = await this.modelName.get();
    const most = Math.min(alternatives, MOST_ALTERNATIVES);
    const own = await this.tokens.ofText(model, text, { isBare: true }, signal);
    const before = own && (await this.before(model, messages, text, own, signal));
    if (own === undefined || before === undefined) throw silentOnTokens(this.routes.host);
    const known = { ids: [...before, ...own.ids], own };
    const entries = (await this.byTokens(model, known, most, signal)) ?? (await this.byWords(model, { messages, text, most, known }, signal));
    const told = entries.slice(entries.length - own.ids.length);
    const parts = partsOfTold(told, this.bytesOf(own, told, text), { most, isFirstFree: before.length === 0 && entries.length === own.ids.length });
    if (parts === undefined) throw silentOnPrompts(this.routes.host);
    return parts;
  }

  private async before(
    model: string,
    messages: readonly ChatTurn[],
    text: string,
    own: ToldPrompt,
    signal: AbortSignal,
  ): Promise<readonly number[] | undefined> {
    if (messages.length === 0) return this.tokens.opening(model, text, own, signal);
    return (await this.tokens.ofConversation(model, messages, signal))?.ids;
  }

  /** Undefined where the server takes no tokens. */
  private async byTokens(model: string, { ids }: KnownPrompt, most: number, signal: AbortSignal): Promise<readonly ToldToken[] | undefined> {
    const document = await this.asked('/v1/completions', { model, prompt: ids, add_special_tokens: false }, { most, tokens: ids.length }, signal);
    return document && this.entriesOf(document, ids);
  }

  /** The text as it is, or as the last message of its conversation. */
  private async byWords(
    model: string,
    { messages, text, most, known }: { readonly messages: readonly ChatTurn[]; readonly text: string; readonly most: number; readonly known: KnownPrompt },
    signal: AbortSignal,
  ): Promise<readonly ToldToken[]> {
    const size = { most, tokens: known.ids.length };
    if (messages.length === 0) {
      const document = await this.asked('/v1/completions', { model, prompt: text }, size, signal);
      if (document === undefined) throw unableToScore(this.routes.host, 'takes no prompt_logprobs');
      return this.entriesOf(document, known.ids);
    }
    const said: ChatTurn[] = [...messages, { role: 'assistant', content: text }];
    const whole = await this.tokens.ofUnfinished(model, said, signal);
    const goesOn = { add_generation_prompt: false, continue_final_message: true };
    const document = whole && (await this.asked('/v1/chat/completions', { model, messages: conversationOf(said), ...goesOn }, size, signal));
    if (whole === undefined || document === undefined) throw unableToScore(this.routes.host, 'takes no prompt_logprobs');
    if (!endsWith(whole, known.own)) throw unableToScore(this.routes.host, 'cuts an answer into other tokens at its beginning than the text alone');
    return this.entriesOf(document, whole.ids);
  }

  private async asked(
    path: string,
    prompt: JsonObject,
    { most, tokens }: { readonly most: number; readonly tokens: number },
    signal: AbortSignal,
  ): Promise<JsonObject | undefined> {
    const body = { ...prompt, prompt_logprobs: most, max_tokens: 1, temperature: 0, stream: false };
    const told = await this.routes.ask(path, body, signal, bytesFor(tokens, most));
    if (told.kind === 'refused') return undefined;
    return isObject(told.document) ? told.document : {};
  }

  /** A server that takes the request need not have understood it: it may have gone on with the prompt, and told nothing of it. */
  private entriesOf(document: JsonObject, ids: readonly number[]): readonly ToldToken[] {
    const [choice] = (Array.isArray(document['choices']) ? document['choices'] : []) as unknown[];
    const entries = (isObject(choice) ? choice['prompt_logprobs'] : undefined) ?? document['prompt_logprobs'];
    const told = readPromptLogprobs(entries, ids);
    if (told === undefined) throw silentOnPrompts(this.routes.host);
    return told;
  }

  private bytesOf({ spellings }: ToldPrompt, told: readonly ToldToken[], text: string): readonly TokenBytes[] {
    const spelled = spellings === null ? undefined : bytesOfSpellings(spellings, text);
    const bytes = spelled ?? bytesByWords(told, Buffer.from(text, 'utf8'));
    if (bytes === undefined) throw silentOnBytes(this.routes.host);
    return bytes;
  }
}

function endsWith(whole: ToldPrompt, own: ToldPrompt): boolean {
  const start = whole.ids.length - own.ids.length;
  return start > 0 && own.ids.every((id, index) => whole.ids[start + index] === id);
}
