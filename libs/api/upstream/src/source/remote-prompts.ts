import type { AskedPrompt, PromptSource } from '@tandem/api/completion';
import type { ChatTurn } from '@tandem/shared/contracts';
import type { Dialect } from '../dialects/dialect';
import { llamaServer } from '../dialects/llama-server';
import { ollama } from '../dialects/ollama';
import { openaiChat } from '../dialects/openai-chat';
import { tgi } from '../dialects/tgi';
import type { Exchange } from '../exchange/exchange';
import { LlamaTokens } from '../exchange/llama-tokens';
import { PromptTokens } from '../exchange/prompt-tokens';
import type { SideRoutes } from '../exchange/side-routes';
import type { ModelName } from '../server/model-name';
import type { ServerKind } from '../server/server-kind';

type ReadPrompt = Pick<AskedPrompt, 'method' | 'prompt' | 'tokens'>;

const UNTOLD: ReadPrompt = { method: 'none', prompt: null, tokens: null };
/** They refuse what is too long: by themselves, or since Tandem tells Ollama to. */
const REFUSE_LONG: ReadonlySet<Dialect> = new Set([llamaServer, ollama, tgi]);

/** What one model on a model server is asked: what its server's template makes of a conversation, and what of a request reaches it. */
export class RemotePrompts implements PromptSource {
  private readonly llama: LlamaTokens;
  private readonly tokens: PromptTokens;

  constructor(
    private readonly kind: ServerKind,
    private readonly modelName: ModelName,
    routes: SideRoutes,
    private readonly exchange: Exchange,
  ) {
    this.llama = new LlamaTokens(routes);
    this.tokens = new PromptTokens(routes);
  }

  async ask({ messages, ...asked }: Parameters<PromptSource['ask']>[0], signal: AbortSignal): Promise<AskedPrompt> {
    const { dialect } = await this.kind.get();
    const { unsent, isFresh } = await this.exchange.reach({ ...asked, messages, isFresh: true }, signal);
    const read = await this.read(dialect, messages, signal);
    const truncates = REFUSE_LONG.has(dialect) || (dialect === openaiChat && (await this.kind.name()) === 'vLLM') ? false : null;
    // Ollama's runner goes on from the last prompt, whatever it is asked
    return { ...read, unsent, reusesCache: isFresh ? false : dialect === ollama ? true : null, truncates };
  }

  private async read(dialect: Dialect, messages: readonly ChatTurn[], signal: AbortSignal): Promise<ReadPrompt> {
    if (dialect === llamaServer) return (await this.byTemplate(messages, signal)) ?? UNTOLD;
    if (dialect !== openaiChat) return UNTOLD;
    return (await this.byTokens(messages, signal)) ?? (await this.byTemplate(messages, signal)) ?? UNTOLD;
  }

  private async byTemplate(messages: readonly ChatTurn[], signal: AbortSignal): Promise<ReadPrompt | undefined> {
    const rendered = await this.llama.rendered(messages, signal);
    if (rendered === undefined) return undefined;
    const tokens = await this.llama.of(rendered, true, signal);
    if (tokens === undefined) return { method: 'apply_template', prompt: rendered, tokens: null };
    const prompt = Buffer.concat(tokens.map(({ bytes }) => Uint8Array.from(bytes))).toString('utf8');
    return { method: 'apply_template', prompt, tokens: tokens.map(({ id }) => id) };
  }

  private async byTokens(messages: readonly ChatTurn[], signal: AbortSignal): Promise<ReadPrompt | undefined> {
    const model = await this.modelName.get();
    const told = await this.tokens.ofConversation(model, messages, signal);
    if (told === undefined) return undefined;
    return { method: 'tokenize', prompt: (await this.tokens.textOf(model, told.ids, signal)) ?? null, tokens: told.ids };
  }
}
