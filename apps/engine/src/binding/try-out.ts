import type { Token } from 'node-llama-cpp';
import { noNumber } from './no-number';
import type { Lease } from './sequence-pool';

/** Enough for more than one step with several tokens, and for steps with one. */
const TEXT = 'The quick brown fox jumps over the lazy dog. 0123456789';
const MOST_READ = 32;
const WRITTEN = 2;

/** Reads a text and writes a few tokens, so that what llama.cpp cannot compute, or computes no numbers for, shows before anybody waits for it. */
export async function tryOut({ sequence }: Lease, signal: AbortSignal): Promise<void> {
  const { model } = sequence;
  const text = model.tokenize(TEXT).slice(0, Math.min(MOST_READ, Math.floor(sequence.contextSize / 2)));
  const tokens = text.length > 0 ? text : [model.tokens.bos ?? (0 as Token)];
  await sequence.clearHistory();
  try {
    let written = 0;
    for await (const { confidence } of sequence.evaluateWithMetadata(tokens, { confidence: true }, { temperature: 0, yieldEogToken: true })) {
      signal.throwIfAborted();
      if (Number.isNaN(confidence)) throw noNumber();
      if (++written >= WRITTEN) break;
    }
  } finally {
    await sequence.clearHistory();
  }
}
