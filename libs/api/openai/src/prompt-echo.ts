import { type RunRequest, spelled, type TextPart, type TextReader } from '@tandem/api/completion';
import type { ToldToken } from './logprobs-shape';

/** A prompt, told again. */
export interface ToldPrompt {
  readonly text: string;
  /** Where they were asked for. */
  readonly tokens: readonly ToldToken[];
  readonly count: number;
}

/** Tells a prompt again, with how likely its tokens were where that is asked for. Its first token has nothing before it. @throws Fault */
export async function promptEcho(texts: TextReader, { messages, demands = {} }: RunRequest, signal: AbortSignal): Promise<ToldPrompt> {
  const { promptTokens, logprobs } = demands;
  const text = promptTokens === undefined ? (messages[0]?.content ?? '') : await texts.detokenize(promptTokens, signal);
  const count = promptTokens?.length ?? (await texts.tokenize(messages, { isRaw: true }, signal)).tokens.length;
  if (logprobs === undefined) return { text, tokens: [], count };
  const parts: TextPart[] = [];
  const take = (some: readonly TextPart[]): void => {
    for (const part of some) parts.push(part);
  };
  await texts.score({ messages: [], text: promptTokens ?? text, alternatives: logprobs }, take, signal);
  return { text, tokens: parts.map((part, index) => told(part, index === 0)), count };
}

function told({ bytes, logprob, top }: TextPart, isFirst: boolean): ToldToken {
  return {
    token: spelled(bytes),
    bytes,
    logprob: isFirst ? null : logprob,
    top_logprobs: top.map((other) => ({ token: spelled(other.bytes), bytes: other.bytes, logprob: other.logprob })),
  };
}
