import type { FinishReason, TokenFrame, ToolCall, ToolCallPiece } from '@tandem/shared/contracts';
import { asContent, asLists, type ToldToken } from './logprobs-shape';
import type { TextPlaces } from './text-places';

/** How one of OpenAI's two ways to ask is answered. */
export interface AnswerShape {
  readonly prefix: string;
  readonly object: string;
  readonly chunkObject: string;
  /** What comes before the first text, where something does. */
  readonly opening?: object;
  delta(frame: TokenFrame): object | undefined;
  /** A piece of a tool call, where answers may hold one. */
  call(piece: ToolCallPiece): object | undefined;
  readonly closing: object;
  whole(content: string, reasoning: string, calls: readonly ToolCall[]): object;
  /** `places` knows of the tokens before these. */
  logprobs(tokens: readonly ToldToken[], places: TextPlaces): object;
}

/** A thinking model's thoughts have a field of their own, as other servers do it. */
export const CHAT: AnswerShape = {
  prefix: 'chatcmpl-',
  object: 'chat.completion',
  chunkObject: 'chat.completion.chunk',
  opening: { delta: { role: 'assistant', content: '' } },
  delta: ({ token, reasoning }) => ({ delta: reasoning ? { reasoning_content: token } : { content: token } }),
  call: ({ index, id, name, arguments: piece }) => ({
    delta: {
      tool_calls: [{ index, ...(id === undefined ? {} : { id, type: 'function' }), function: { ...(name === undefined ? {} : { name }), arguments: piece } }],
    },
  }),
  closing: { delta: {} },
  whole: (content, reasoning, calls) => ({
    message: {
      role: 'assistant',
      content: content === '' && calls.length > 0 ? null : content,
      refusal: null,
      ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
      ...(calls.length === 0 ? {} : { tool_calls: calls.map(({ id, ...about }) => ({ id, type: 'function', function: about })) }),
    },
  }),
  logprobs: asContent,
};

/** This one has no field for thoughts, so they are left out. */
export const TEXT: AnswerShape = {
  prefix: 'cmpl-',
  object: 'text_completion',
  chunkObject: 'text_completion',
  delta: ({ token, reasoning }) => (reasoning ? undefined : { text: token }),
  call: () => undefined,
  closing: { text: '' },
  whole: (content) => ({ text: content }),
  logprobs: asLists,
};

export interface ChoiceEnd {
  readonly reason: FinishReason | null;
  readonly logprobs: object | null;
}

/** `other` is none of OpenAI's reasons; its clients take what they do not know, and would take `stop` for the truth. */
export function choice(index: number, part: object, { reason, logprobs }: ChoiceEnd): object {
  return { index, ...part, logprobs, finish_reason: reason };
}
