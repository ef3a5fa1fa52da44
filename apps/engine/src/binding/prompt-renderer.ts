import { type ChatTurn, spokenOf } from '@tandem/shared/contracts';
import type { OfferedTools } from '@tandem/shared/engine-protocol';
import { formatsIn, THOUGHT_FORMATS, type ThoughtFormat } from '@tandem/shared/thoughts';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import { NO_PLACE_FOR_TOOLS } from '../template/chat-template';
import { ControlTexts } from '../template/marks';
import type { OpenTemplate, TemplateProcess } from '../template-process';
import { type CallFormat, callFormatOf } from '../tools/call-formats';

/** Kinds of tokens that stand for no text: unknown and control. */
const CONTROL_TYPES = new Set([2, 3]);
const TRIAL: readonly ChatTurn[] = [{ role: 'user', content: 'Hello' }];

export interface RenderOptions {
  readonly isRaw?: boolean | undefined;
  readonly tools?: OfferedTools | undefined;
}

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
  private readonly controls: ControlTexts;

  private constructor(
    private readonly model: LlamaModel,
    private readonly template: OpenTemplate | null,
    /** The forms that the model's thoughts may have. */
    readonly formats: readonly ThoughtFormat[],
    /** How it writes the tools that it calls; undefined where that is not known. */
    private readonly calls: CallFormat | undefined,
  ) {
    this.controls = new ControlTexts(controlTextsOf(model));
  }

  /** @throws EngineError `model_invalid` for a template that cannot even say hello */
  static async open(model: LlamaModel, templates: TemplateProcess): Promise<PromptRenderer> {
    const { chat_template: template, ggml } = model.fileInfo.metadata.tokenizer ?? {};
    const formats = formatsOf(ggml?.tokens ?? [], typeof template === 'string' ? template : '');
    if (typeof template !== 'string') return new PromptRenderer(model, null, formats, undefined);
    const open = templates.open({
      template,
      bos: model.tokens.bosString ?? '',
      eos: model.tokens.eosString ?? '',
      controlTexts: controlTextsOf(model),
      formats,
    });
    const trial = await open.render({ messages: TRIAL });
    if ('prompt' in trial) return new PromptRenderer(model, open, formats, callFormatOf(template));
    open.close();
    throw new EngineError('model_invalid', `The chat template in this file does not work: ${trial.refusal}.`);
  }

  /** `isRaw`: the text alone, as a model without a template reads it. @throws EngineError `invalid_request` for tools that it has no place for */
  async render(messages: readonly ChatTurn[], { isRaw = false, tools }: RenderOptions = {}): Promise<Prompt> {
    const isPlain = isRaw || this.template === null;
    if (tools !== undefined && isPlain) throw noTools(NO_PLACE_FOR_TOOLS);
    const { tokens, opening } = isPlain || this.template === null ? this.plain(messages) : await this.templated(this.template, messages, tools?.definitions);
    // its answer could not be read
    const format = tools && this.callFormat;
    const begun = tools?.forced !== undefined && format?.isControl ? this.model.tokenize(format.begin ?? '', true) : [];
    const { bos, shouldPrependBosToken } = this.model.tokens;
    const all = [...tokens, ...begun];
    return { tokens: bos !== null && shouldPrependBosToken && all[0] !== bos ? [bos, ...all] : all, opening };
  }

  /** How calls of these tools are written. @throws EngineError `invalid_request` where that is not known */
  get callFormat(): CallFormat {
    if (this.calls === undefined) throw noTools('its calls have a form that is not known');
    return this.calls;
  }

  /** Control words in it are text, also those that llama.cpp takes for tokens wherever they stand. */
  tokensOf(text: string): readonly Token[] {
    const tokens = this.model.tokenize(text);
    if (!tokens.some((token) => this.isControl(token))) return tokens;
    const starts = [0, ...this.controls.in(text).map(({ index }) => index + 1), text.length];
    return starts.slice(1).flatMap((end, index) => this.model.tokenize(text.slice(starts[index], end)));
  }

  close(): void {
    this.template?.close();
  }

  private isControl(token: Token): boolean {
    return CONTROL_TYPES.has(this.model.fileInfo.metadata.tokenizer?.ggml?.token_type?.[token] ?? 1);
  }

  private plain(messages: readonly ChatTurn[]): Prompt {
    return { tokens: this.tokensOf(plainText(messages)), opening: '' };
  }

  private async templated(template: OpenTemplate, messages: readonly ChatTurn[], tools: OfferedTools['definitions'] | undefined): Promise<Prompt> {
    const reply = await template.render({ messages, tools });
    if ('refusal' in reply && reply.isOfTools) throw noTools(reply.refusal);
    if ('refusal' in reply) throw new EngineError('invalid_request', `This model's chat template refuses this conversation: ${reply.refusal}.`);
    const { pieces, opening } = reply.prompt;
    return { tokens: pieces.flatMap(({ text, isPlain }) => (isPlain ? this.tokensOf(text) : this.model.tokenize(text, true))), opening };
  }
}

function noTools(why: string): EngineError {
  const message = `this model's chat template cannot be given any: ${why}. Leave them out, or use another model`;
  return new EngineError('invalid_request', message, { param: 'tools' });
}

function controlTextsOf(model: LlamaModel): readonly string[] {
  const { tokens = [], token_type: types } = model.fileInfo.metadata.tokenizer?.ggml ?? {};
  return tokens.filter((_, token) => CONTROL_TYPES.has(types?.[token] ?? 1));
}

/** Those that its vocabulary or its template has the marks of; where there are none, it may have been taught any. */
function formatsOf(tokens: readonly string[], template: string): readonly ThoughtFormat[] {
  const found = formatsIn((mark) => template.includes(mark) || tokens.includes(mark));
  return found.length > 0 ? found : THOUGHT_FORMATS;
}

/** Text to go on with. An answer stands right behind what it continued, as it did when the model gave it. */
export function plainText(messages: readonly ChatTurn[]): string {
  return messages.reduce((text, message) => (text === '' || message.role === 'assistant' ? text + spokenOf(message) : `${text}\n\n${spokenOf(message)}`), '');
}
