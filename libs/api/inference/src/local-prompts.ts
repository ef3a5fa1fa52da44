import type { AskedPrompt, PromptSource } from '@tandem/api/completion';
import type { LocalTexts } from './local-texts';

/** What a seat of this machine is asked. Every value reaches it, nothing is cut, and it reads a prompt anew where it is told to. */
export class LocalPrompts implements PromptSource {
  constructor(private readonly texts: LocalTexts) {}

  async ask({ messages }: Parameters<PromptSource['ask']>[0], signal: AbortSignal): Promise<AskedPrompt> {
    const { tokens } = await this.texts.tokenize(messages, {}, signal);
    const prompt = await this.texts.detokenize(tokens, signal);
    return { method: 'engine', prompt, tokens, unsent: [], reusesCache: false, truncates: false };
  }
}
