import type { FinishReason, SamplingParameters, Usage } from '@tandem/shared/contracts';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Intermission } from './intermission';
import { samplingOptions } from './sampling';
import { StopMatcher } from './stop-matcher';
import type { TokenBytes } from './token-bytes';
import { TokenText } from './token-text';

/** How many prompt tokens go to the model between two looks at the signal: one native batch, which cannot be stopped. */
const PROMPT_STEP = 512;

export interface GenerationInput {
  readonly prompt: readonly Token[];
  readonly parameters: SamplingParameters & { readonly seed: number };
  readonly bytesOf: TokenBytes;
  /** The context's own. */
  readonly intermission: Intermission;
}

/**
 * One answer being made on one sequence. It counts as it goes, so that an answer that was stopped can still be billed;
 * `run` returns once nothing native works for it any more, and leaves the sequence empty.
 */
export class Generation {
  private completionTokens = 0;
  private firstTokenAt = 0;
  private lastTokenAt = 0;

  constructor(
    private readonly sequence: LlamaContextSequence,
    private readonly input: GenerationInput,
  ) {}

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

  async run(onText: (text: string) => void, signal: AbortSignal): Promise<FinishReason> {
    try {
      const lastStep = await this.readPrompt(signal);
      return lastStep === null ? 'cancelled' : await this.answer(lastStep, onText, signal);
    } finally {
      await this.input.intermission.during(() => this.sequence.clearHistory());
    }
  }

  /** Reads all of the prompt but its last step; null when that was stopped. */
  private async readPrompt(signal: AbortSignal): Promise<Token[] | null> {
    const prompt = this.input.prompt;
    let start = 0;
    for (; prompt.length - start > PROMPT_STEP && !signal.aborted; start += PROMPT_STEP) {
      await this.sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, start + PROMPT_STEP));
      await this.input.intermission.current;
    }
    return signal.aborted ? null : prompt.slice(start);
  }

  private async answer(lastStep: Token[], onText: (text: string) => void, signal: AbortSignal): Promise<FinishReason> {
    const { prompt, parameters, bytesOf, intermission } = this.input;
    const history = [...prompt];
    const text = new TokenText(bytesOf);
    const stops = new StopMatcher(parameters.stop);
    const say = (piece: string): void => {
      if (piece !== '' && !signal.aborted) onText(piece);
    };
    for await (const token of this.sequence.evaluate(lastStep, samplingOptions(parameters, history))) {
      if (signal.aborted) return 'cancelled';
      this.count();
      history.push(token);
      say(stops.push(text.push(token)));
      if (stops.isStopped) return 'stop';
      if (this.completionTokens >= parameters.max_tokens || history.length >= this.sequence.contextSize) {
        say(stops.flush());
        return 'length';
      }
      const { current } = intermission;
      if (current !== null) await current;
    }
    say(stops.flush());
    return signal.aborted ? 'cancelled' : 'stop';
  }

  private count(): void {
    this.lastTokenAt = performance.now();
    if (this.completionTokens++ === 0) this.firstTokenAt = this.lastTokenAt;
  }
}
