import type { ChatMessage } from '@tandem/shared/contracts';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import type { OpenTemplate, TemplateProcess } from '../template-process';

/** Kinds of tokens that stand for no text: unknown and control. */
const CONTROL_TYPES = new Set([2, 3]);
const TRIAL: readonly ChatMessage[] = [{ role: 'user', content: 'Hello' }];

export interface Prompt {
  readonly tokens: readonly Token[];
  /** Whether the answer begins in the middle of the model's thoughts. */
  readonly opensThought: boolean;
}

/**
 * Writes a conversation the way a model was trained to read it: through the chat template in its file, or as plain
 * text to be continued where it has none. Text of the conversation never becomes a control token. `close` ends the
 * template; the model is its owner's.
 */
export class PromptRenderer {
  private constructor(
    private readonly model: LlamaModel,
    private readonly template: OpenTemplate | null,
  ) {}

  /** @throws EngineError `model_invalid` for a template that cannot even say hello */
  static async open(model: LlamaModel, templates: TemplateProcess): Promise<PromptRenderer> {
    const { chat_template: template, ggml } = model.fileInfo.metadata.tokenizer ?? {};
    if (typeof template !== 'string') return new PromptRenderer(model, null);
    const open = templates.open({
      template,
      bos: model.tokens.bosString ?? '',
      eos: model.tokens.eosString ?? '',
      controlTexts: (ggml?.tokens ?? []).filter((_, token) => CONTROL_TYPES.has(ggml?.token_type?.[token] ?? 1)),
    });
    const trial = await open.render(TRIAL);
    if ('prompt' in trial) return new PromptRenderer(model, open);
    open.close();
    throw new EngineError('model_invalid', `The chat template in this file does not work: ${trial.refusal}.`);
  }

  /** `isRaw`: the text alone, as a model without a template reads it. */
  async render(messages: readonly ChatMessage[], isRaw = false): Promise<Prompt> {
    const { tokens, opensThought } = isRaw || this.template === null ? this.plain(messages) : await this.templated(this.template, messages);
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return { tokens: bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens, opensThought };
  }

  close(): void {
    this.template?.close();
  }

  private plain(messages: readonly ChatMessage[]): Prompt {
    return { tokens: this.model.tokenize(plainText(messages)), opensThought: false };
  }

  private async templated(template: OpenTemplate, messages: readonly ChatMessage[]): Promise<Prompt> {
    const reply = await template.render(messages);
    if ('refusal' in reply) throw new EngineError('invalid_request', `This model's chat template refuses this conversation: ${reply.refusal}.`);
    const { pieces, opensThought } = reply.prompt;
    return { tokens: pieces.flatMap(({ text, isPlain }) => this.model.tokenize(text, !isPlain)), opensThought };
  }
}

/** Text to go on with. An answer stands right behind what it continued, as it did when the model gave it. */
export function plainText(messages: readonly ChatMessage[]): string {
  return messages.reduce((text, { role, content }) => (text === '' || role === 'assistant' ? text + content : `${text}\n\n${content}`), '');
}
