import { textFault } from '@tandem/api/http';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { wrong } from './request-body';

/** Text to go on with, or its tokens in the model's own numbers. */
export type Prompt = string | readonly number[];

const { messages: mostPrompts } = REQUEST_LIMITS;
const MOST_TOKENS = 1_000_000;

/** A text, a list of texts, tokens, or a list of lists of tokens. @throws Fault `invalid_request` */
export function promptsOf(prompt: unknown): readonly Prompt[] {
  if (typeof prompt === 'string') return [textOf(prompt, 'prompt')];
  if (!Array.isArray(prompt) || prompt.length === 0) throw wrong('prompt', 'must be text, a list of texts, token ids, or a list of lists of token ids');
  if (prompt.every((item) => typeof item === 'number')) return [tokensOf(prompt, 'prompt')];
  if (prompt.length > mostPrompts) throw wrong('prompt', `must hold at most ${mostPrompts} prompts`);
  return prompt.map((item: unknown, index) => (Array.isArray(item) ? tokensOf(item, `prompt[${index}]`) : textOf(item, `prompt[${index}]`)));
}

function textOf(text: unknown, path: string): string {
  const fault = textFault(text);
  if (fault !== undefined) throw wrong(path, fault);
  return text as string;
}

export function tokensOf(tokens: unknown, path: string): readonly number[] {
  const isRight =
    Array.isArray(tokens) && tokens.length > 0 && tokens.length <= MOST_TOKENS && tokens.every((token) => Number.isSafeInteger(token) && token >= 0);
  if (!isRight) throw wrong(path, 'must be a list of token ids, which are whole numbers from 0');
  return tokens as number[];
}
