import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { commonLength } from './choose-sequence';
import type { Lease } from './sequence-pool';

/**
 * Cuts a sequence's state back to what a prompt can build on, and says how many tokens that are. At least one token of
 * the prompt is always left to read: without it nothing predicts the first one of the answer.
 */
export async function continueSequence({ sequence, kept, readings }: Lease, prompt: readonly Token[]): Promise<number> {
  const start = readings.startFor(commonLength(kept, prompt), prompt.length, hasRowsAlike(sequence));
  if (sequence.nextTokenIndex > start) {
    // A sliding window or a recurrent state no longer knows what was further back: such a sequence only goes on.
    const length = sequence.needsCheckpoints ? 0 : start;
    await (length === 0 ? sequence.clearHistory() : sequence.adaptStateToTokens(prompt.slice(0, length), false));
  }
  readings.cut(sequence.nextTokenIndex);
  return sequence.nextTokenIndex;
}

/**
 * Whether a token's state has the same bits in any piece of fewer than 64 that it is read in. So it was with every kernel
 * of llama.cpp for x64; those of other processors pair tokens, graphics cards have several for different numbers of
 * them, and some models with one state for all they have read compute that in blocks.
 */
function hasRowsAlike({ needsCheckpoints, model }: LlamaContextSequence): boolean {
  return process.arch === 'x64' && model.llama.gpu === false && !needsCheckpoints;
}
