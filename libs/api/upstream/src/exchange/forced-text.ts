import { isUtf8 } from 'node:buffer';
import type { LikelyPart, ScoringRequest, TextPart } from '@tandem/api/completion';
import { Fault, unableToScore } from '@tandem/api/faults';
import { isObject, type JsonObject, readCount } from '../dialects/json';
import { LlamaTokens, readBytes, type SpelledToken } from './llama-tokens';
import type { SideRoutes, Told } from './side-routes';

/** Each is a request of its own. */
const MOST_TOKENS = 512;
const MOST_CHARACTERS = 16_384;
/** Added to a token's logit, it comes next whatever the model finds; what is told of it is from before that. */
const CERTAIN = 100;
/** Of the likeliest tokens, among which part of a character is looked for: nothing is told of one that was made to come. */
const LONG_LIST = 10_000;

interface Forcing {
  /** How many of the likeliest are told. */
  readonly listed: number;
  readonly adapterScale: number | undefined;
}

/**
 * How likely a text is for llama.cpp's own server, which tells that of what it generates alone: each token of the text is
 * made the next one, in a request of its own. The server keeps what it has read, so that each costs one step.
 */
export class ForcedText {
  private readonly tokens: LlamaTokens;

  constructor(private readonly routes: SideRoutes) {
    this.tokens = new LlamaTokens(routes);
  }

  /** @throws Fault `scoring_unsupported` where the server does not do as llama.cpp's does */
  async read(
    { messages, text, alternatives, adapterScale }: ScoringRequest,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<readonly TextPart[]> {
    if (text.length > MOST_CHARACTERS) throw tooLong(this.host);
    if (adapterScale !== undefined) await this.refuseWithoutAdapter(signal);
    const before = messages.length === 0 ? '' : await this.tokens.rendered(messages, signal);
    if (before === undefined) throw this.unable('does not tell what it makes of a conversation');
    const prompt = (await this.tokensOf(before, true, signal)).map(({ id }) => id);
    const tokens = withoutAddedSpace(text, await this.tokensOf(text, false, signal));
    if (tokens.length > MOST_TOKENS) throw tooLong(this.host);
    const how = { alternatives, adapterScale, whole: tokens.find(isWholeCharacters)?.id };
    const parts: TextPart[] = [];
    for (const [index, token] of tokens.entries()) {
      parts.push(prompt.length === 0 ? { ...token, logprob: null, rank: null, top: [] } : await this.part(prompt, token, how, signal));
      prompt.push(token.id);
      onProgress((index + 1) / tokens.length);
    }
    return parts;
  }

  private get host(): string {
    return this.routes.host;
  }

  private async tokensOf(content: string, isPrompt: boolean, signal: AbortSignal): Promise<readonly SpelledToken[]> {
    const tokens = await this.tokens.of(content, isPrompt, signal);
    if (tokens === undefined) throw this.unable('does not tell its tokens');
    return tokens;
  }

  /** What is told where this token is made to come next. */
  private async forced(prompt: readonly number[], token: number, { listed, adapterScale }: Forcing, signal: AbortSignal): Promise<JsonObject> {
    const adapted = adapterScale === undefined ? {} : { lora: [{ id: 0, scale: adapterScale }] };
    const asked = {
      ...adapted,
      prompt,
      n_predict: 1,
      n_probs: Math.max(1, listed),
      temperature: 0,
      cache_prompt: true,
      logit_bias: [[token, CERTAIN]],
      stream: false,
    };
    const { completion_probabilities: told } = await this.ask('/completion', asked, signal);
    const [entry] = (Array.isArray(told) ? told : []) as unknown[];
    if (!isObject(entry) || readCount(entry['id']) !== token) throw this.unable('does not go on with a token that it is given');
    return entry;
  }

  private async part(
    prompt: readonly number[],
    token: SpelledToken,
    { alternatives, whole, adapterScale }: { readonly alternatives: number; readonly whole: number | undefined; readonly adapterScale: number | undefined },
    signal: AbortSignal,
  ): Promise<TextPart> {
    const isWhole = isWholeCharacters(token);
    const forcing = { listed: isWhole ? alternatives : LONG_LIST, adapterScale };
    const entry = await this.forced(prompt, isWhole ? token.id : (whole ?? token.id), forcing, signal);
    const others: readonly unknown[] = Array.isArray(entry['top_logprobs']) ? entry['top_logprobs'] : [];
    const list = others.map((other) => this.likely(other));
    const place = list.findIndex(({ id }) => id === token.id);
    const found = isWhole ? this.likely(entry) : list[place];
    if (found === undefined) throw this.unable('does not tell how likely part of a character is');
    return { ...token, logprob: found.logprob, rank: place < 0 || place >= alternatives ? null : place + 1, top: list.slice(0, alternatives) };
  }

  private likely(entry: unknown): LikelyPart {
    const { id, logprob, bytes } = isObject(entry) ? entry : {};
    const said = readBytes(bytes);
    if (typeof logprob !== 'number' || said === undefined) throw this.unable('does not tell how likely a token is');
    return { id: readCount(id) ?? null, bytes: said, logprob };
  }

  /** It takes a scale for an adapter that it does not have as well. */
  private async refuseWithoutAdapter(signal: AbortSignal): Promise<void> {
    const adapters = this.toldBy('/lora-adapters', await this.routes.look('/lora-adapters', signal));
    if (!Array.isArray(adapters) || adapters.length === 0) throw this.unable('has no adapter of which less or more could be used');
  }

  private async ask(path: string, body: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const document = this.toldBy(path, await this.routes.ask(path, body, signal));
    if (!isObject(document)) throw this.unable(`has nothing to read at ${path}`);
    return document;
  }

  private toldBy(path: string, told: Told): unknown {
    if (told.kind === 'refused') throw this.unable(`does not take what is asked at ${path} (HTTP ${told.status})`);
    return told.document;
  }

  private unable(does: string): Fault {
    return unableToScore(this.host, does);
  }
}

function isWholeCharacters({ bytes }: SpelledToken): boolean {
  return isUtf8(Uint8Array.from(bytes));
}

/** Some vocabularies put a space before every text. */
function withoutAddedSpace(text: string, tokens: readonly SpelledToken[]): readonly SpelledToken[] {
  const [first, ...rest] = tokens;
  const length = tokens.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (first?.bytes[0] !== 0x20 || length !== Buffer.byteLength(text) + 1) return tokens;
  return [{ ...first, bytes: first.bytes.slice(1) }, ...rest];
}

function tooLong(host: string): Fault {
  const what = `The model server at ${host} is asked once for each token of a text, so that it may be at most ${MOST_TOKENS} tokens long`;
  return new Fault('context_length_exceeded', { what, hint: 'shorten it, or score a local model' }, { param: 'text' });
}
