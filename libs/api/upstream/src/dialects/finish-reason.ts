import type { FinishReason } from '@tandem/shared/contracts';

const WORDS: Readonly<Record<Exclude<FinishReason, 'cancelled' | 'other'>, string>> = {
  stop: 'stop stopped stop_sequence stop_word stop_token word eos eos_token eot end end_turn end_of_turn end_of_text end_of_sequence complete completed done finished normal',
  length:
    'length limit max_length model_length token_limit max_tokens max_new_tokens max_completion_tokens max_output_tokens max_tokens_reached truncated context_length context_length_exceeded context_window_exceeded model_context_window_exceeded',
  content_filter:
    'content_filter content_filtered content_filtering filtered safety image_safety recitation blocklist blocked prohibited_content spii sensitive refusal refused guardrail guardrails guardrail_intervened moderation flagged error_toxic',
  tool_calls: 'tool_calls tool_call tool_use tools function_call function_calls function',
};

const REASONS: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries(WORDS).flatMap(([reason, words]) => words.split(' ').map((word) => [word, reason as FinishReason] as const)),
);

/** What servers and gateways write where the answer broke off: no reason of the model's. */
const BROKEN_OFF = new Set(['error', 'abort', 'aborted', 'network_error', 'server_error', 'internal_error', 'insufficient_system_resource', 'load_shedding']);

/** A server's word for why its answer ended, in any case and spelling: `MAX_TOKENS`, `endTurn`, `FINISH_REASON_SAFETY`. */
export function readFinishReason(word: string): FinishReason | 'broken' {
  const known = REASONS.get(word);
  if (known !== undefined) return known;
  const plain = word
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^finish_reason_/, '');
  return BROKEN_OFF.has(plain) ? 'broken' : (REASONS.get(plain) ?? 'other');
}
