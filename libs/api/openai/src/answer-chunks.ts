import type { Run } from '@tandem/api/completion';
import { openAiErrorOf } from '@tandem/api/platform';
import { type EndFrame, isEndFrame, isPhaseFrame, type StreamFrame } from '@tandem/shared/contracts';
import { type AnswerShape, choice } from './answer-shape';
import { charactersOf } from './logprobs-shape';
import { faultOf } from './run-fault';
import { logprobsOf } from './run-logprobs';

/** A run's frames as the events of OpenAI's stream. Each frame is asked for once, in order. */
export class AnswerChunks {
  private offset = 0;

  constructor(
    private readonly run: Run,
    private readonly shape: AnswerShape,
    /** What every chunk says of the answer. */
    private readonly base: object,
    private readonly wantsUsage: boolean,
  ) {}

  /** Before the first frame. */
  get opening(): string {
    return this.shape.opening ? this.chunk([choice(this.shape.opening, null)]) : '';
  }

  textOf(number: number): string {
    const frame = JSON.parse(this.run.frame(number)) as StreamFrame;
    if (isPhaseFrame(frame)) return `: ${frame.phase}\n\n`;
    if (isEndFrame(frame)) return this.ending(frame, number);
    const delta = this.shape.delta(frame);
    return delta ? this.chunk([choice(delta, null, frame.reasoning ? null : this.logprobs(number))]) : '';
  }

  private ending({ finish_reason: reason, usage }: EndFrame, number: number): string {
    const fault = faultOf(this.run);
    if (fault) return event(openAiErrorOf(fault));
    const last = this.chunk([choice(this.shape.closing, reason ?? null, this.logprobs(number))]);
    return `${last}${this.wantsUsage && usage ? this.chunk([], { usage }) : ''}data: [DONE]\n\n`;
  }

  private logprobs(number: number): object | null {
    const tokens = logprobsOf(this.run, number);
    if (tokens.length === 0) return null;
    const { offset } = this;
    this.offset += charactersOf(tokens);
    return this.shape.logprobs(tokens, offset);
  }

  private chunk(choices: object[], usage: object = this.wantsUsage ? { usage: null } : {}): string {
    return event({ ...this.base, object: this.shape.chunkObject, choices, ...usage });
  }
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
