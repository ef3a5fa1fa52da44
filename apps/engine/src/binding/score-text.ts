import type { Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import type { Lease } from './sequence-pool';

export interface Score {
  readonly tokens: number;
  /** Sum of the natural logarithms of the tokens' probabilities. */
  readonly logLikelihood: number;
}

/** How likely a model finds a text after a prompt, token by token, under its unchanged distribution. */
export async function scoreText(
  { sequence }: Lease,
  prompt: readonly Token[],
  text: string,
  signal: AbortSignal,
): Promise<Score> {
  const tokens = sequence.model.tokenize(text);
  const whole = [...prompt, ...tokens];
  if (whole.length >= sequence.contextSize) {
    throw new EngineError('context_length_exceeded', `The text is ${whole.length} tokens long; at most ${sequence.contextSize - 1} can be scored.`);
  }
  const firstScored = Math.max(1, prompt.length);
  let logLikelihood = 0;
  await sequence.clearHistory();
  try {
    await sequence.controlledEvaluate(
      whole.slice(0, -1).map((token, index) =>
        index + 1 < firstScored ? token : [token, { generateNext: { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } } }],
      ),
      {
        onTokenResult: (index, result) => {
          const next = whole[index + 1];
          if (next !== undefined) logLikelihood += Math.log(result.next.probabilities?.get(next) ?? Number.MIN_VALUE);
        },
      },
    );
    signal.throwIfAborted();
    return { tokens: whole.length - firstScored, logLikelihood };
  } finally {
    await sequence.clearHistory();
  }
}
