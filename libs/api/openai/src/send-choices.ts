import type { Run } from '@tandem/api/completion';
import { Fault, openAiErrorOf } from '@tandem/api/faults';
import { endStream } from '@tandem/api/sse';
import type { Response } from 'express';
import { AnswerChunks, type ChunkFrame, eventOf } from './answer-chunks';
import { type AnswerShape, choice } from './answer-shape';
import { streamAnswer } from './stream-answer';
import { Tally } from './tally';
import { TextPlaces } from './text-places';
import { wholeAnswer } from './whole-answer';

/** The runs of an answer's choices, each opened when the one before has ended. */
export interface Choices {
  readonly count: number;
  open(index: number): Promise<Run>;
}

/** Answers with all choices at once. */
export async function sendChoices({ count, open }: Choices, shape: AnswerShape, base: object, response: Response): Promise<void> {
  const tally = new Tally();
  const choices: object[] = [];
  for (let index = 0; index < count; index++) {
    const answer = await wholeAnswer(await open(index), response);
    if (answer === undefined) return;
    const { run, tokens, content, reasoning, calls } = answer;
    tally.add(run);
    choices.push(
      choice(index, shape.whole(content, reasoning, calls), {
        reason: run.outcome?.finish_reason ?? null,
        logprobs: tokens.length === 0 ? null : shape.logprobs(tokens, new TextPlaces()),
      }),
    );
  }
  const { usage } = tally;
  response.json({ ...base, object: shape.object, choices, ...(usage ? { usage } : {}) });
}

/** Answers with the choices as they come, one after the other. What fails ends all of it. */
export async function streamChoices({ count, open }: Choices, frame: ChunkFrame, response: Response): Promise<void> {
  const shared = { ...frame, tally: new Tally() };
  try {
    for (let index = 0; index < count; index++) {
      const run = await open(index);
      const isThere = await streamAnswer(run, new AnswerChunks(run, shared, { index, isLast: index === count - 1 }), response);
      if (!isThere || run.fault) break;
    }
  } catch (thrown) {
    if (!response.headersSent) throw thrown;
    return endStream(response, eventOf(openAiErrorOf(Fault.from(thrown))));
  }
  endStream(response);
}
