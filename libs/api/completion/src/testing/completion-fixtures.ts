import type { CompletionRequest, CompletionSink } from '..';
import { DEFAULT_PARAMETERS, type SamplingParameters, type TokenLogprob, type ToolCallPiece } from '@tandem/shared/contracts';

/** A request with one user message and every parameter set. */
export function completionRequest(prompt = 'Say hello.', parameters: Partial<SamplingParameters> = {}): CompletionRequest {
  return {
    messages: [{ role: 'user', content: prompt }],
    parameters: { ...DEFAULT_PARAMETERS, ...parameters, seed: parameters.seed ?? 7 },
  };
}

/** A sink that keeps what it is given. */
export interface CollectingSink extends CompletionSink {
  readonly pieces: readonly string[];
  readonly text: CompletionSink['text'];
  readonly answer: string;
  readonly reasoning: string;
  readonly phases: readonly string[];
  /** What was told of the tokens. */
  readonly likelihoods: readonly TokenLogprob[];
  /** The pieces of tool calls. */
  readonly calls: readonly ToolCallPiece[];
  /** Resolves when the answer has that many pieces. */
  untilPieces(count: number): Promise<void>;
}

export function collect(): CollectingSink {
  const pieces: string[] = [];
  const thoughts: string[] = [];
  const phases: string[] = [];
  const likelihoods: TokenLogprob[] = [];
  const calls: ToolCallPiece[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    pieces,
    phases,
    likelihoods,
    calls,
    call: (piece) => void calls.push(piece),
    logprobs: (tokens) => void likelihoods.push(...tokens),
    phase: (phase) => void phases.push(phase),
    text(text, reasoning = false) {
      (reasoning ? thoughts : pieces).push(text);
      for (const { count, resolve } of waiting) if (pieces.length >= count) resolve();
    },
    get answer() {
      return pieces.join('');
    },
    get reasoning() {
      return thoughts.join('');
    },
    untilPieces: (count) =>
      new Promise((resolve) => {
        if (pieces.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
