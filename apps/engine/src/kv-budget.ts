/** The part of the memory that is free now which one model's KV cache may take. */
const KV_MEMORY_SHARE = 0.25;

/** What one model's KV cache may take now, of the memory there is and of what local models may have at all. */
export function kvBudgetOf(limitBytes: number): () => number {
  // Unlike the machine's free memory it knows the limit of a container.
  return () => Math.min(process.availableMemory(), limitBytes) * KV_MEMORY_SHARE;
}
