import type { ChatMessage, ChatRole } from '@tandem/shared/contracts';
import { type ChatHistoryItem, JinjaTemplateChatWrapper, type LlamaModel, type Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';

/**
 * Writes a conversation the way a model was trained to read it: through the chat template in its file, or as plain
 * text to be continued where it has none. Text of the conversation never becomes a control token.
 */
export class PromptRenderer {
  private readonly template: JinjaTemplateChatWrapper | null;
  /** The binding fills contents in after the template ran, so trimming that the template asks for is done here. */
  private readonly isTrimming: boolean;

  constructor(private readonly model: LlamaModel) {
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    this.template = typeof template === 'string' ? wrapperOf(template, model) : null;
    this.isTrimming = typeof template === 'string' && /content['"]?\]?\s*\|\s*trim/.test(template);
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
    const history = messages.map(({ role, content }) => historyItem(role, this.isTrimming ? content.trim() : content));
    // An empty answer at the end makes the template open the model's turn.
    if (history.at(-1)?.type !== 'model') history.push({ type: 'model', response: [''] });
    try {
      return template.generateContextState({ chatHistory: history }).contextText.tokenize(this.model.tokenizer);
    } catch (thrown) {
      throw new EngineError('invalid_request', `This model's chat template refuses this conversation: ${reasonOf(thrown)}`);
    }
  }
}

function historyItem(role: ChatRole, content: string): ChatHistoryItem {
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
    throw new EngineError('model_invalid', `The chat template in this file does not work: ${reasonOf(thrown)}`);
  }
}

function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);
}
