import { type Run, type RunRequest, type TextReader } from '@tandem/api/completion';
import type { Response } from 'express';
import { type AnswerShape, choice } from './answer-shape';
import { type Choices } from './send-choices';
import type { ToldToken } from './logprobs-shape';
import { promptEcho } from './prompt-echo';
import { TextPlaces } from './text-places';
import { wholeAnswer } from './whole-answer';

export interface EchoWork extends Choices {
  readonly requests: readonly RunRequest[];
  readonly texts: TextReader;
  readonly isAlone: boolean;
}

/** An answer that ends at once has a place all the same: evaluation tools count on one that follows the prompt. */
const END: ToldToken = { token: '', bytes: null, logprob: null, top_logprobs: [] };

/** Answers with every prompt, and what follows it where something may. A client that leaves ends the work. @throws Fault */
export async function sendEchoes(
  { requests, texts, isAlone, open }: EchoWork,
  shape: AnswerShape,
  base: object,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  const choices: object[] = [];
  let prompt = 0;
  let completion = 0;
  for (const [index, request] of requests.entries()) {
    const echo = await promptEcho(texts, request, signal);
    const answer = isAlone ? { content: '', tokens: [] } : await wholeAnswer(await open(index), response);
    if (signal.aborted || answer === undefined) return;
    const outcome = 'run' in answer ? (answer.run as Run).outcome : undefined;
    prompt += echo.count;
    completion += outcome?.usage?.completion_tokens ?? 0;
    const isEndless = isAlone || echo.tokens.length === 0 || answer.tokens.length > 0;
    const tokens = [...echo.tokens, ...answer.tokens, ...(isEndless ? [] : [END])];
    choices.push(
      choice(index, shape.whole(echo.text + answer.content, '', []), {
        reason: outcome?.finish_reason ?? 'length',
        logprobs: tokens.length === 0 ? null : shape.logprobs(tokens, new TextPlaces()),
      }),
    );
  }
  const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion, prompt_tokens_details: { cached_tokens: 0 } };
  response.json({ ...base, object: shape.object, choices, usage });
}
