import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import type { TextReader } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { type ChatTurn, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { messagesOf } from './read-messages';
import { tokensOf } from './read-prompts';
import { type Body, isSent, wrong } from './request-body';
import { refuseUnknown } from './request-fields';

const TOKENIZE = new Set(['model', 'prompt', 'messages', 'add_special_tokens', 'return_token_strs', 'add_generation_prompt']);
const DETOKENIZE = new Set(['model', 'tokens']);
const REFUSED = { continue_final_message: [false], chat_template_kwargs: [{}], tools: [[]] };

/** What local models make tokens of, in vLLM's words. */
@Injectable()
export class Tokenizer {
  constructor(private readonly targets: TargetResolver) {}

  async tokenize(body: Body, signal: AbortSignal): Promise<object> {
    refuseUnknown(body, TOKENIZE, REFUSED);
    const { prompt, messages, add_special_tokens: withSpecial, return_token_strs: withPieces, add_generation_prompt: opensAnswer } = body;
    if (isSent(prompt) === isSent(messages)) throw wrong('prompt', 'or messages must be sent, and not both');
    if (isSent(opensAnswer) && opensAnswer !== true) throw wrong('add_generation_prompt', 'is not supported here with this value. Leave it out');
    for (const field of ['add_special_tokens', 'return_token_strs'])
      if (isSent(body[field]) && typeof body[field] !== 'boolean') throw wrong(field, 'must be true or false');
    const isRaw = isSent(prompt);
    const said: ChatTurn[] = isRaw ? [{ role: 'user', content: textOf(prompt) }] : messagesOf(messages);
    const { texts, contextOf } = await this.readerOf(body['model']);
    // a chat template writes what begins a prompt itself
    const isBare = isRaw ? withSpecial === false : withSpecial !== true;
    const { tokens, pieces } = await texts.tokenize(said, { ...(isRaw ? { isRaw } : {}), ...(isBare && isRaw ? { isBare } : {}) }, signal);
    return { count: tokens.length, max_model_len: await contextOf(), tokens, token_strs: withPieces === true ? pieces : null };
  }

  async detokenize(body: Body, signal: AbortSignal): Promise<object> {
    refuseUnknown(body, DETOKENIZE, {});
    const tokens = Array.isArray(body['tokens']) && body['tokens'].length === 0 ? [] : tokensOf(body['tokens'], 'tokens');
    const { texts } = await this.readerOf(body['model']);
    return { prompt: tokens.length === 0 ? '' : await texts.detokenize(tokens, signal) };
  }

  async info(model: unknown, signal: AbortSignal): Promise<object> {
    const { texts, contextOf } = await this.readerOf(model);
    const { size, kind, bos, eos, addsBos, chatTemplate } = await texts.vocabulary(signal);
    return {
      tokenizer_class: kind,
      vocab_size: size,
      model_max_length: await contextOf(),
      bos_token: bos,
      eos_token: eos,
      add_bos_token: addsBos,
      chat_template: chatTemplate,
    };
  }

  /** @throws Fault `conflict` where a model server has the vocabulary */
  private async readerOf(model: unknown): Promise<{ readonly texts: TextReader; readonly contextOf: () => Promise<number | null> }> {
    if (typeof model !== 'string' || model === '') throw wrong('model', 'is required and must be the id of a model');
    const { card, texts } = await this.targets.resolve(model);
    if (texts === undefined)
      throw new Fault('conflict', `${card.id} runs elsewhere, and only the vocabularies of local models are known here.`, { param: 'model' });
    // known once its file was looked into
    return { texts, contextOf: async () => (await this.targets.resolve(model)).card.context_length };
  }
}

/** Nothing at all is text as well. */
function textOf(prompt: unknown): string {
  const { textCharacters: most } = REQUEST_LIMITS;
  if (typeof prompt !== 'string' || prompt.length > most) throw wrong('prompt', `must be text of at most ${most} characters`);
  return prompt;
}
