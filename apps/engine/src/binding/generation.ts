import type { FinishReason, SamplingParameters, Usage } from '@tandem/shared/contracts';
import type { EngineProgress, OfferedTools } from '@tandem/shared/engine-protocol';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { AnswerRules } from './answer-rules';
import { AnswerWriter } from './answer-writer';
import { continueSequence } from './continue-sequence';
import type { Gate } from './gate';
import type { Lockstep, Participant } from './lockstep';
import { stepEnds } from './prompt-readings';
import { type Penalties, samplingOptions } from './sampling';
import type { Lease } from './sequence-pool';
import type { TokenLikelihoods } from './token-likelihoods';
import type { Vocabulary } from './vocabulary';

/** How a generation is held and stopped. */
export interface Control {
  readonly signal: AbortSignal;
  /** Passed before each token. */
  readonly gate: Gate;
}

export interface GenerationInput {
  readonly prompt: readonly Token[];
  /** What the prompt's end has begun of the answer. */
  readonly opening: string;
  readonly parameters: SamplingParameters & { readonly seed: number; readonly min_p?: number };
  readonly penalties: Penalties | undefined;
  /** What the answer must be; the thoughts are free. */
  readonly rules: AnswerRules | undefined;
  readonly tools: OfferedTools | undefined;
  readonly likelihoods: TokenLikelihoods | undefined;
  readonly vocabulary: Vocabulary;
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

  async run(report: (progress: EngineProgress) => void, control: Control): Promise<FinishReason> {
    this.reusedTokens = await continueSequence(this.lease, this.input.prompt);
    const participant = this.input.lockstep.join(this.lease.order);
    try {
      const lastStep = await this.readPrompt(participant, control.signal);
      return lastStep === null ? 'cancelled' : await this.answer(lastStep, participant, report, control);
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

  private async answer(lastStep: Token[], participant: Participant, report: (progress: EngineProgress) => void, control: Control): Promise<FinishReason> {
    const { signal, gate } = control;
    const { prompt, opening, parameters, penalties, rules, tools, likelihoods, vocabulary } = this.input;
    const history = [...prompt];
    const writer = new AnswerWriter({ vocabulary, formats: vocabulary.formats, opening, stops: parameters.stop, tools }, report);
    const options = { ...samplingOptions(parameters, history, penalties), ...rules?.options(() => writer.isThinking), yieldEogToken: true };
    likelihoods?.watch(this.sequence);
    const tokens = this.sequence.evaluateWithMetadata(lastStep, {}, options);
    try {
      for (;;) {
        // the others go on without it
        if (gate.isClosed) await participant.rest(gate.passed(signal));
        await participant.turn();
        if (signal.aborted) return 'cancelled';
        if (this.completionTokens === 0) this.lease.readings.note(prompt.length - lastStep.length, prompt.length);
        const { value: sampled, done } = await tokens.next();
        if (signal.aborted) return 'cancelled';
        const token = done ? undefined : sampled?.token;
        if (token === undefined || writer.isEndedBy(token, vocabulary.isEnd(token))) {
          writer.finish();
          return writer.hasCalled ? 'tool_calls' : 'stop';
        }
        this.count();
        history.push(token);
        rules?.note(token);
        writer.write(token, likelihoods?.of(token));
        if (writer.isStopped) {
          writer.endCalls();
          return writer.hasCalled ? 'tool_calls' : 'stop';
        }
        if (this.completionTokens >= parameters.max_tokens || history.length >= this.sequence.contextSize) {
          writer.finish();
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
