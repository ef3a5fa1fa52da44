/** How much a model's context may hold, and for how many at once. */
export interface ContextPlan {
  /** Tokens per sequence. */
  readonly contextLength: number;
  readonly sequences: number;
}

const MAX_SEQUENCES = 4;
/** What a sequence holds by default where the model could take more: the KV cache of long contexts eats the memory. */
const MAX_CONTEXT_LENGTH = 8_192;
const FALLBACK_CONTEXT_LENGTH = 4_096;
/** A sequence shorter than this is worse than fewer sequences. */
const LEAST_CONTEXT_LENGTH = 2_048;

/** Shares `budgetBytes` of KV cache: as many sequences as possible without making any of them short. */
export function planContext(trainedLength: number | null, kvBytesPerToken: number, budgetBytes: number): ContextPlan {
  const wanted = Math.min(trainedLength ?? FALLBACK_CONTEXT_LENGTH, MAX_CONTEXT_LENGTH);
  const least = Math.min(wanted, LEAST_CONTEXT_LENGTH);
  const affordable = Math.floor(budgetBytes / Math.max(1, kvBytesPerToken));
  let sequences = MAX_SEQUENCES;
  while (sequences > 1 && affordable / sequences < least) sequences /= 2;
  return { contextLength: Math.max(Math.min(wanted, Math.floor(affordable / sequences)), Math.min(wanted, 512)), sequences };
}
