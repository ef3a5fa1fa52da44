import { createHash } from 'node:crypto';
import type { ChatTurn } from '@tandem/shared/contracts';
import type { VocabularyFacts } from '@tandem/shared/engine-protocol';
import type { ThoughtFormat } from '@tandem/shared/thoughts';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import type { TemplateProcess } from '../template-process';
import { PromptRenderer, type RenderOptions } from './prompt-renderer';
import { controlTextsOf, type TokenBytes, tokenBytesOf } from './token-bytes';

/** A checkpoint's tokens, and how prompts become some. `close` ends its template; the model is its owner's. */
export class Vocabulary {
  readonly bytesOf: TokenBytes;
  /** How a control token is written; empty for what is text. */
  readonly controlTextOf: (token: Token) => string;
  private knownHash: string | undefined;

  private constructor(
    private readonly model: LlamaModel,
    readonly prompts: PromptRenderer,
  ) {
    this.bytesOf = tokenBytesOf(model);
    this.controlTextOf = controlTextsOf(model);
  }

  static async of(model: LlamaModel, templates: TemplateProcess): Promise<Vocabulary> {
    return new Vocabulary(model, await PromptRenderer.open(model, templates));
  }

  get facts(): VocabularyFacts {
    const { chat_template: chatTemplate, ggml } = this.model.fileInfo.metadata.tokenizer ?? {};
    const { bosString: bos, eosString: eos, shouldPrependBosToken: addsBos } = this.model.tokens;
    return {
      size: this.size,
      hash: this.hash,
      kind: ggml?.model ?? 'unknown',
      bos,
      eos,
      addsBos,
      chatTemplate: typeof chatTemplate === 'string' ? chatTemplate : null,
    };
  }

  /** Of the list of its tokens. */
  get hash(): string {
    return (this.knownHash ??= createHash('sha256').update(JSON.stringify(this.pieces)).digest('hex'));
  }

  get size(): number {
    return this.pieces.length;
  }

  /** The forms that this model's thoughts may have. */
  get formats(): readonly ThoughtFormat[] {
    return this.prompts.formats;
  }

  /** Whether llama.cpp takes a token for the end of an answer. */
  isEnd(token: Token): boolean {
    return this.model.isEogToken(token);
  }

  /** As the file spells it. */
  pieceOf(token: Token): string {
    return this.pieces[token] ?? '';
  }

  async tokenize(
    messages: readonly ChatTurn[],
    { isBare = false, ...options }: RenderOptions & { readonly isBare?: boolean | undefined } = {},
  ): Promise<readonly Token[]> {
    const { tokens } = await this.prompts.render(messages, options);
    return isBare && tokens[0] === this.model.tokens.bos ? tokens.slice(1) : tokens;
  }

  /** Control words in it are text. */
  tokensOf(text: string): readonly Token[] {
    return this.prompts.tokensOf(text);
  }

  /** What stands before a text that nothing was said before. */
  get beginning(): readonly Token[] {
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return bos !== null && shouldPrependBosToken ? [bos] : [];
  }

  /** The exact bytes of each token, without the space that some vocabularies put before every text. */
  spokenBytes(text: string, tokens: readonly Token[]): Uint8Array[] {
    const bytes = tokens.map((token) => this.bytesOf(token));
    const isAdded = !text.startsWith(' ') || bytes.reduce((sum, { length }) => sum + length, 0) > Buffer.byteLength(text);
    return isAdded && bytes[0]?.[0] === 0x20 ? [bytes[0].subarray(1), ...bytes.slice(1)] : bytes;
  }

  detokenize(numbers: readonly number[]): string {
    const tokens = this.checked(numbers);
    const said = tokens.map((token) => {
      const bytes = this.bytesOf(token);
      return bytes.length > 0 ? bytes : Buffer.from(this.model.detokenize([token], true), 'utf8');
    });
    const text = Buffer.concat(said).toString('utf8');
    return this.addsSpace && tokens[0] !== this.model.tokens.bos && text.startsWith(' ') ? text.slice(1) : text;
  }

  /** @throws EngineError `invalid_request` for a number that is no token of this vocabulary */
  checked(numbers: readonly number[]): readonly Token[] {
    const wrong = numbers.find((number) => !Number.isSafeInteger(number) || number < 0 || number >= this.pieces.length);
    if (wrong === undefined) return numbers as Token[];
    throw new EngineError('invalid_request', `${wrong} is no token of this model: its vocabulary has the numbers 0 to ${this.pieces.length - 1}.`);
  }

  close(): void {
    this.prompts.close();
  }

  private get pieces(): readonly string[] {
    return this.model.fileInfo.metadata.tokenizer?.ggml?.tokens ?? [];
  }

  /** Whether text is read as if a space stood before it. */
  private get addsSpace(): boolean {
    const ggml = this.model.fileInfo.metadata.tokenizer?.ggml as { readonly model?: string; readonly add_space_prefix?: boolean } | undefined;
    return ggml?.model === 'llama' && ggml.add_space_prefix !== false;
  }
}
