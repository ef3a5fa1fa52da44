import type { ChatMessage } from '@tandem/shared/contracts';
import { formatsIn, THOUGHT_FORMATS, type ThoughtFormat } from '@tandem/shared/thoughts';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import type { OpenTemplate, TemplateProcess } from '../template-process';

/** Kinds of tokens that stand for no text: unknown and control. */
const CONTROL_TYPES = new Set([2, 3]);
const TRIAL: readonly ChatMessage[] = [{ role: 'user', content: 'Hello' }];

export interface Prompt {
  readonly tokens: readonly Token[];
  /** What its end has begun of the answer, such as the mark of a thought; empty where the model begins by itself. */
  readonly opening: string;
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
    /** The forms that the model's thoughts may have. */
    readonly formats: readonly ThoughtFormat[],
  ) {}

  /** @throws EngineError `model_invalid` for a template that cannot even say hello */
  static async open(model: LlamaModel, templates: TemplateProcess): Promise<PromptRenderer> {
    const { chat_template: template, ggml } = model.fileInfo.metadata.tokenizer ?? {};
    const formats = formatsOf(ggml?.tokens ?? [], typeof template === 'string' ? template : '');
    if (typeof template !== 'string') return new PromptRenderer(model, null, formats);
    const open = templates.open({
      template,
      bos: model.tokens.bosString ?? '',
      eos: model.tokens.eosString ?? '',
      controlTexts: (ggml?.tokens ?? []).filter((_, token) => CONTROL_TYPES.has(ggml?.token_type?.[token] ?? 1)),
      formats,
    });
    const trial = await open.render(TRIAL);
    if ('prompt' in trial) return new PromptRenderer(model, open, formats);
    open.close();
    throw new EngineError('model_invalid', `The chat template in this file does not work: ${trial.refusal}.`);
  }

  /** `isRaw`: the text alone, as a model without a template reads it. */
  async render(messages: readonly ChatMessage[], isRaw = false): Promise<Prompt> {
    const { tokens, opening } = isRaw || this.template === null ? this.plain(messages) : await this.templated(this.template, messages);
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return { tokens: bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens, opening };
  }

  close(): void {
    this.template?.close();
  }

  private plain(messages: readonly ChatMessage[]): Prompt {
    return { tokens: this.model.tokenize(plainText(messages)), opening: '' };
  }

  private async templated(template: OpenTemplate, messages: readonly ChatMessage[]): Promise<Prompt> {
    const reply = await template.render(messages);
    if ('refusal' in reply) throw new EngineError('invalid_request', `This model's chat template refuses this conversation: ${reply.refusal}.`);
    const { pieces, opening } = reply.prompt;
    return { tokens: pieces.flatMap(({ text, isPlain }) => this.model.tokenize(text, !isPlain)), opening };
  }
}

/** Those that its vocabulary or its template has the marks of; where there are none, it may have been taught any. */
function formatsOf(tokens: readonly string[], template: string): readonly ThoughtFormat[] {
  const found = formatsIn((mark) => template.includes(mark) || tokens.includes(mark));
  return found.length > 0 ? found : THOUGHT_FORMATS;
}

/** Text to go on with. An answer stands right behind what it continued, as it did when the model gave it. */
export function plainText(messages: readonly ChatMessage[]): string {
  return messages.reduce((text, { role, content }) => (text === '' || role === 'assistant' ? text + content : `${text}\n\n${content}`), '');
}
