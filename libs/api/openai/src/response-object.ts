import type { Run } from '@tandem/api/completion';
import type { FinishReason, TokenLogprob, ToolCall } from '@tandem/shared/contracts';
import type { Response } from 'express';
import type { AskedResponse } from './read-response-request';
import { wholeAnswer } from './whole-answer';

const INCOMPLETE: Readonly<Partial<Record<FinishReason, string>>> = { length: 'max_output_tokens', content_filter: 'content_filter' };

/** What is said of a response before, while and after it is made. */
export class ResponseFrame {
  constructor(
    private readonly run: Run,
    private readonly asked: AskedResponse,
    private readonly createdAt: number,
  ) {}

  thoughtId(): string {
    return `rs_${this.run.id}`;
  }

  /** `place`: how much of the output stands before it. */
  messageId(place: number): string {
    return `msg_${this.run.id}_${place}`;
  }

  callId(index: number): string {
    return `fc_${this.run.id}_${index}`;
  }

  /** All that is known without an end. */
  open(status: 'in_progress' | 'failed', error: object | null = null): object {
    const {
      instructions = null,
      max_output_tokens: most = null,
      metadata,
      temperature,
      top_p: topP,
      text,
      user = null,
      tools,
      tool_choice: choice,
      parallel_tool_calls: parallel,
    } = this.asked.echoed;
    return {
      id: `resp_${this.run.id}`,
      object: 'response',
      created_at: this.createdAt,
      status,
      error,
      incomplete_details: null,
      instructions,
      max_output_tokens: most,
      model: this.run.modelId,
      output: [],
      parallel_tool_calls: parallel ?? true,
      previous_response_id: null,
      reasoning: { effort: null, summary: null },
      store: false,
      temperature: temperature ?? 1,
      text: { format: { type: 'text' }, ...(text as object | null | undefined) },
      tool_choice: choice ?? 'auto',
      tools: tools ?? [],
      top_p: topP ?? 1,
      truncation: 'disabled',
      usage: null,
      user,
      metadata: metadata ?? {},
    };
  }

  /** Once the run has ended well. */
  closed(output: readonly object[]): object {
    const { outcome, cachedTokens = 0 } = this.run;
    const reason = INCOMPLETE[outcome?.finish_reason ?? 'stop'];
    const { usage } = outcome ?? {};
    return {
      ...this.open('in_progress'),
      status: reason === undefined ? 'completed' : 'incomplete',
      incomplete_details: reason === undefined ? null : { reason },
      output,
      usage: usage
        ? {
            input_tokens: usage.prompt_tokens,
            input_tokens_details: { cached_tokens: cachedTokens },
            output_tokens: usage.completion_tokens,
            total_tokens: usage.total_tokens,
          }
        : null,
    };
  }
}

export function thought(id: string, text: string): object {
  return { type: 'reasoning', id, summary: [], content: [thoughtText(text)] };
}

export function thoughtText(text: string): object {
  return { type: 'reasoning_text', text };
}

export function message(id: string, status: 'in_progress' | 'completed' | 'incomplete', content: readonly object[]): object {
  return { type: 'message', id, status, role: 'assistant', content };
}

export function functionCall(id: string, status: 'in_progress' | 'completed', { id: callId, name, arguments: given }: ToolCall): object {
  return { type: 'function_call', id, call_id: callId, name, arguments: given, status };
}

export function outputText(text: string, tokens: readonly TokenLogprob[]): object {
  return { type: 'output_text', text, annotations: [], logprobs: tokens };
}

/** Answers with all of it at once. A client that leaves ends the run. @throws Fault where the answer is not whole */
export async function sendResponse(run: Run, frame: ResponseFrame, response: Response): Promise<void> {
  const answer = await wholeAnswer(run, response);
  if (answer === undefined) return;
  const { content, reasoning, tokens, calls } = answer;
  const thoughts = reasoning === '' ? [] : [thought(frame.thoughtId(), reasoning)];
  const isCallAlone = content === '' && calls.length > 0;
  const said = isCallAlone ? [] : [message(frame.messageId(thoughts.length), 'completed', [outputText(content, tokens)])];
  response.json(frame.closed([...thoughts, ...said, ...calls.map((call, index) => functionCall(frame.callId(index), 'completed', call))]));
}
