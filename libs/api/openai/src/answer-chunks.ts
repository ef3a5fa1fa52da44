import type { Run } from '@tandem/api/completion';
import { openAiErrorOf } from '@tandem/api/faults';
import { type EndFrame, isEndFrame, isPhaseFrame, isToolCallFrame } from '@tandem/shared/contracts';
import { type AnswerShape, choice } from './answer-shape';
import { faultOf } from './run-fault';
import { Tally } from './tally';
import { TextPlaces } from './text-places';

/** What the chunks of all choices have in common. */
export interface ChunkFrame {
  readonly shape: AnswerShape;
  /** What every chunk says of the answer. */
  readonly base: object;
  readonly wantsUsage: boolean;
  readonly tally?: Tally;
}

/** Which of the choices it is. */
export interface ChunkPlace {
  readonly index: number;
  readonly isLast: boolean;
}

/** A run's frames as the events of OpenAI's stream. Each frame is asked for once, in order. */
export class AnswerChunks {
  private readonly places = new TextPlaces();
  private readonly tally: Tally;

  constructor(
    private readonly run: Run,
    private readonly frame: ChunkFrame,
    private readonly place: ChunkPlace = { index: 0, isLast: true },
  ) {
    this.tally = frame.tally ?? new Tally();
  }

  /** Before the first frame. */
  get opening(): string {
    const { opening } = this.frame.shape;
    return opening ? this.chunk([this.choice(opening)]) : '';
  }

  /** Comments are no events, not even empty ones: none ends with a blank line. */
  textOf(number: number): string {
    const frame = this.run.frame(number);
    if (isPhaseFrame(frame)) return `: ${frame.phase}\n`;
    if (isEndFrame(frame)) return this.ending(frame, number);
    if (isToolCallFrame(frame)) {
      const call = this.frame.shape.call(frame.tool_call);
      return call ? this.chunk([this.choice(call)]) : '';
    }
    const delta = this.frame.shape.delta(frame);
    return delta ? this.chunk([this.choice(delta, frame.reasoning ? null : this.logprobs(number))]) : '';
  }

  private ending({ finish_reason: reason }: EndFrame, number: number): string {
    const fault = faultOf(this.run);
    if (fault) return eventOf(openAiErrorOf(fault));
    this.tally.add(this.run);
    const last = this.chunk([choice(this.place.index, this.frame.shape.closing, { reason: reason ?? null, logprobs: this.logprobs(number) })]);
    if (!this.place.isLast) return last;
    const { usage } = this.tally;
    return `${last}${this.frame.wantsUsage && usage ? this.chunk([], { usage }) : ''}data: [DONE]\n\n`;
  }

  private choice(part: object, logprobs: object | null = null): object {
    return choice(this.place.index, part, { reason: null, logprobs });
  }

  private logprobs(number: number): object | null {
    const tokens = this.run.logprobsOf(number);
    return tokens.length === 0 ? null : this.frame.shape.logprobs(tokens, this.places);
  }

  private chunk(choices: object[], usage: object = this.frame.wantsUsage ? { usage: null } : {}): string {
    const { base, shape } = this.frame;
    return eventOf({ ...base, object: shape.chunkObject, choices, ...usage });
  }
}

export function eventOf(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
