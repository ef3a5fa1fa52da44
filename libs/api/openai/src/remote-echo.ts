import type { RunRequest } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { Response } from 'express';
import { type AnswerShape, choice } from './answer-shape';
import type { ToldToken } from './logprobs-shape';
import type { Choices } from './send-choices';
import { Tally } from './tally';
import { TextPlaces } from './text-places';
import { type WholeAnswer, wholeAnswer } from './whole-answer';

/** Below every likelihood that a model gives: stands where a server told none. */
const UNTOLD = -9_998;

/** The request as a model server is asked it, so that it tells the prompt again. */
export function askedToEcho(request: RunRequest, isAlone: boolean): RunRequest {
  return { ...request, demands: { ...request.demands, echo: { isAlone } } };
}

/**
 * Answers with every prompt and what follows it, as a model server tells them. A server that takes the request need not have
 * understood it: what it tells is looked at before it is passed on. A client that leaves ends the work. @throws Fault
 */
export async function sendRemoteEchoes(
  { requests, isAlone, open }: Choices & { readonly requests: readonly RunRequest[]; readonly isAlone: boolean },
  shape: AnswerShape,
  base: object,
  response: Response,
): Promise<void> {
  const tally = new Tally();
  const choices: object[] = [];
  for (const [index, request] of requests.entries()) {
    const answer = await wholeAnswer(await open(index), response);
    if (answer === undefined) return;
    const tokens = toldOf(answer, request, isAlone);
    tally.add(answer.run);
    choices.push(
      choice(index, shape.whole(answer.content, '', []), {
        reason: isAlone ? 'length' : (answer.run.outcome?.finish_reason ?? null),
        logprobs: tokens.length === 0 ? null : shape.logprobs(tokens, new TextPlaces()),
      }),
    );
  }
  const { usage } = tally;
  response.json({ ...base, object: shape.object, choices, ...(usage ? { usage } : {}) });
}

/** The tokens of a prompt and of what follows it; the first has nothing before it. @throws Fault where they are not all there */
function toldOf({ run, content, tokens }: WholeAnswer, { messages, demands = {} }: RunRequest, isAlone: boolean): readonly ToldToken[] {
  const { promptTokens, logprobs } = demands;
  const prompt = messages[0]?.content ?? '';
  if (promptTokens === undefined && !content.startsWith(prompt)) throw notTold('does not tell a prompt again');
  if (isAlone && run.outcome?.ignored_parameters?.includes('max_tokens')) throw notTold('has no answer without a token');
  if (isAlone && promptTokens === undefined && content !== prompt) throw notTold('has no answer without a token');
  if (logprobs === undefined) return [];
  const least = promptTokens?.length ?? (prompt === '' ? 0 : 1);
  const isWhole = tokens.length >= least && tokens.slice(1).every(({ logprob }) => logprob > UNTOLD) && reaches(tokens, content);
  if (!isWhole) throw notTold('does not tell how likely each token of a prompt is');
  return tokens.map((token, index) => (index === 0 ? { ...token, logprob: null, top_logprobs: [] } : token));
}

/** Whether the tokens are those of all of the text. Parts of characters are spelled by their bytes, which makes them longer. */
function reaches(tokens: readonly ToldToken[], content: string): boolean {
  return tokens.reduce((sum, { token }) => sum + token.length, 0) >= content.length;
}

function notTold(does: string): Fault {
  return new Fault('invalid_request', { field: 'echo', what: `this model's server ${does}. Leave it out, or use a local model` }, { param: 'echo' });
}
