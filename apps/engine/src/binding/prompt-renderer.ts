import type { ChatMessage } from '@tandem/shared/contracts';
import { type ChatHistoryItem, JinjaTemplateChatWrapper, type LlamaModel, type Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';

/**
 * Writes a conversation the way a model was trained to read it: through the chat template in its file, or as plain
 * text to be continued where it has none. Text of the conversation never becomes a control token.
 */
export class PromptRenderer {
  private readonly template: JinjaTemplateChatWrapper | null;

  constructor(private readonly model: LlamaModel) {
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    this.template = typeof template === 'string' ? wrapperOf(template, model) : null;
  }

  render(messages: readonly ChatMessage[]): Token[] {
    const tokens = this.template === null ? this.plain(messages) : this.templated(this.template, messages);
    const { bos, shouldPrependBosToken } = this.model.tokens;
    if (bos !== null && shouldPrependBosToken && tokens[0] !== bos) tokens.unshift(bos);
    return tokens;
  }

  private plain(messages: readonly ChatMessage[]): Token[] {
    return this.model.tokenize(messages.map(({ content }) => content).join('\n\n'));
  }

  private templated(template: JinjaTemplateChatWrapper, messages: readonly ChatMessage[]): Token[] {
    const history = messages.map(historyItem);
    // An empty answer at the end makes the template open the model's turn.
    if (history.at(-1)?.type !== 'model') history.push({ type: 'model', response: [''] });
    return template.generateContextState({ chatHistory: history }).contextText.tokenize(this.model.tokenizer);
  }
}

function historyItem({ role, content }: ChatMessage): ChatHistoryItem {
  switch (role) {
    case 'system':
      return { type: 'system', text: content };
    case 'user':
      return { type: 'user', text: content };
    case 'assistant':
      return { type: 'model', response: [content] };
  }
}

function wrapperOf(template: string, model: LlamaModel): JinjaTemplateChatWrapper {
  try {
    return new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new EngineError('model_invalid', `The chat template in this file does not work: ${detail.slice(0, 200)}`);
  }
}
