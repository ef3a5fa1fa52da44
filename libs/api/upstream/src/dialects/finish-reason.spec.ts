import { readFinishReason } from './finish-reason';

describe('readFinishReason', () => {
  it.each([
    ['stop', ['stop', 'STOP', 'eos_token', 'stop_sequence', 'end_turn', 'END_TURN', 'endTurn', 'end-turn', 'COMPLETE', 'FINISH_REASON_STOP']],
    ['length', ['length', 'LENGTH', 'MAX_TOKENS', 'max_new_tokens', 'maxTokens', 'model_length', 'FINISH_REASON_MAX_TOKENS', 'max_output_tokens']],
    ['content_filter', ['content_filter', 'SAFETY', 'RECITATION', 'PROHIBITED_CONTENT', 'refusal', 'Content Filter', 'guardrail_intervened']],
    ['tool_calls', ['tool_calls', 'TOOL_CALLS', 'tool_use', 'function_call']],
    ['broken', ['error', 'ERROR', 'abort', 'network_error']],
    ['other', ['constructor', '__proto__', 'no idea', '停止', 'MALFORMED_FUNCTION_CALL']],
  ])('reads as %s: %j', (reason, words) => {
    for (const word of words) expect([word, readFinishReason(word)]).toEqual([word, reason]);
  });
});
