import type { FinishReason, SamplingParameters, Usage } from '@tandem/shared/contracts';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { continueSequence } from './continue-sequence';
import type { Lockstep, Participant } from './lockstep';
import { samplingOptions } from './sampling';
import { stepEnds } from './prompt-readings';
import type { Lease } from './sequence-pool';
import { StopMatcher } from './stop-matcher';
import type { TokenBytes } from './token-bytes';
import { type Said, ThoughtSplitter } from './thought-splitter';
import { TokenText } from './token-text';

export interface GenerationInput {
  readonly prompt: readonly Token[];
  /** Whether the prompt ends within the model's thoughts. */
  readonly isThinking: boolean;
  readonly parameters: SamplingParameters & { readonly seed: number };
  readonly bytesOf: TokenBytes;
  /** The context's own. */
  readonly lockstep: Lockstep;
}

/**
 * One answer being made on one sequence. It counts as it goes, so that an answer that was stopped can still be billed;
 * `run` returns once nothing native works for it any more. What the sequence then holds stays for the next turn.
 */
export class Generation {
  private completionTokens = 0;
  private firstTokenAt = 0;
  private lastTokenAt = 0;

  private reusedTokens = 0;
  private readonly sequence: LlamaContextSequence;

  constructor(
    private readonly lease: Lease,
    private readonly input: GenerationInput,
  ) {
    this.sequence = lease.sequence;
  }

  /** Prompt tokens that an earlier turn had left in the cache. */
  get cachedTokens(): number {
    return this.reusedTokens;
  }

  get usage(): Usage {
    const promptTokens = this.input.prompt.length;
    return {
      prompt_tokens: promptTokens,
      completion_tokens: this.completionTokens,
      total_tokens: promptTokens + this.completionTokens,
    };
  }

  get tokensPerSecond(): number | null {
    const elapsedMs = this.lastTokenAt - this.firstTokenAt;
    return this.completionTokens < 2 || elapsedMs <= 0 ? null : ((this.completionTokens - 1) * 1000) / elapsedMs;
  }

  async run(onText: (said: Said) => void, signal: AbortSignal): Promise<FinishReason> {
    this.reusedTokens = await continueSequence(this.lease, this.input.prompt);
    const participant = this.input.lockstep.join(this.lease.order);
    try {
      const lastStep = await this.readPrompt(participant, signal);
      return lastStep === null ? 'cancelled' : await this.answer(lastStep, participant, onText, signal);
    } finally {
      participant.leave();
    }
  }

  /** Reads all of the prompt that is not in the cache, but for its last step; null when that was stopped. */
  private async readPrompt(participant: Participant, signal: AbortSignal): Promise<Token[] | null> {
    const { prompt } = this.input;
    const ends = stepEnds(this.reusedTokens, prompt.length);
    let start = this.reusedTokens;
    for (const end of ends.slice(0, -1)) {
      await participant.turn();
      if (signal.aborted) return null;
      await this.sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, end));
      this.lease.readings.note(start, end);
      start = end;
    }
    return signal.aborted ? null : prompt.slice(start);
  }

  private async answer(
    lastStep: Token[],
    participant: Participant,
    onText: (said: Said) => void,
    signal: AbortSignal,
  ): Promise<FinishReason> {
    const { prompt, isThinking, parameters, bytesOf } = this.input;
    const history = [...prompt];
    const text = new TokenText(bytesOf);
    const stops = new StopMatcher(parameters.stop);
    const thoughts = new ThoughtSplitter(isThinking);
    const say = (piece: string): void => thoughts.push(piece).forEach(onText);
    const finish = (): void => {
      say(stops.flush());
      thoughts.flush().forEach(onText);
    };
    const tokens = this.sequence.evaluate(lastStep, samplingOptions(parameters, history));
    try {
      for (;;) {
        await participant.turn();
        if (signal.aborted) return 'cancelled';
        if (this.completionTokens === 0) this.lease.readings.note(prompt.length - lastStep.length, prompt.length);
        const { value: token, done } = await tokens.next();
        if (signal.aborted) return 'cancelled';
        if (done || token === undefined) {
          finish();
          return 'stop';
        }
        this.count();
        history.push(token);
        say(stops.push(text.push(token)));
        if (stops.isStopped) {
          finish();
          return 'stop';
        }
        if (this.completionTokens >= parameters.max_tokens || history.length >= this.sequence.contextSize) {
          finish();
          return 'length';
        }
      }
    } finally {
      await tokens.return();
    }
  }

  private count(): void {
    this.lastTokenAt = performance.now();
    if (this.completionTokens++ === 0) this.firstTokenAt = this.lastTokenAt;
  }
}
