import type { FinishReason, SamplingParameters, Usage } from '@tandem/shared/contracts';
import type { EngineProgress } from '@tandem/shared/engine-protocol';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { AnswerRules } from './answer-rules';
import { continueSequence } from './continue-sequence';
import type { Lockstep, Participant } from './lockstep';
import { LogprobLedger } from './logprob-ledger';
import { stepEnds } from './prompt-readings';
import { type Penalties, samplingOptions } from './sampling';
import type { Lease } from './sequence-pool';
import { StopMatcher } from './stop-matcher';
import type { TokenBytes } from './token-bytes';
import { type Said, ThoughtSplitter } from './thought-splitter';
import type { TokenLikelihoods } from './token-likelihoods';
import { TokenText } from './token-text';

export interface GenerationInput {
  readonly prompt: readonly Token[];
  /** Whether the prompt ends within the model's thoughts. */
  readonly isThinking: boolean;
  readonly parameters: SamplingParameters & { readonly seed: number; readonly min_p?: number };
  readonly penalties: Penalties | undefined;
  /** What the answer must be; the thoughts are free. */
  readonly rules: AnswerRules | undefined;
  readonly likelihoods: TokenLikelihoods | undefined;
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

  async run(report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<FinishReason> {
    this.reusedTokens = await continueSequence(this.lease, this.input.prompt);
    const participant = this.input.lockstep.join(this.lease.order);
    try {
      const lastStep = await this.readPrompt(participant, signal);
      return lastStep === null ? 'cancelled' : await this.answer(lastStep, participant, report, signal);
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
    report: (progress: EngineProgress) => void,
    signal: AbortSignal,
  ): Promise<FinishReason> {
    const { prompt, isThinking, parameters, penalties, rules, likelihoods, bytesOf } = this.input;
    const history = [...prompt];
    const text = new TokenText(bytesOf);
    const stops = new StopMatcher(parameters.stop);
    const thoughts = new ThoughtSplitter(isThinking);
    const ledger = new LogprobLedger();
    const tell = ({ text: piece, isThought }: Said): void => {
      const likely = ledger.release(piece.length);
      if (likely.length > 0 && !isThought) report({ type: 'logprobs', tokens: likely });
      report({ type: 'text', text: piece, ...(isThought ? { reasoning: true } : {}) });
    };
    const say = (piece: string): void => thoughts.push(piece).forEach(tell);
    const finish = (): void => {
      say(stops.flush());
      thoughts.flush().forEach(tell);
    };
    const options = { ...samplingOptions(parameters, history, penalties), ...rules?.options(() => thoughts.isThinking) };
    likelihoods?.watch(this.sequence);
    const tokens = this.sequence.evaluateWithMetadata(lastStep, {}, options);
    try {
      for (;;) {
        await participant.turn();
        if (signal.aborted) return 'cancelled';
        if (this.completionTokens === 0) this.lease.readings.note(prompt.length - lastStep.length, prompt.length);
        const { value: sampled, done } = await tokens.next();
        if (signal.aborted) return 'cancelled';
        if (done || sampled === undefined) {
          finish();
          return 'stop';
        }
        const { token } = sampled;
        this.count();
        history.push(token);
        rules?.note(token);
        const piece = text.push(token);
        if (likelihoods) ledger.push(likelihoods.of(token), piece.length);
        say(stops.push(piece));
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
