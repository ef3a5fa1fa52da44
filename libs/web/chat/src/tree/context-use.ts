import { type AnswerRecord, type MessageRecord } from '../archive/records';
import { CHARACTERS_OF_IMAGE, estimateTokens, planSending, type Room } from './sending';

/** How full a model's context is, and what the next question will have to leave out. */
export interface ContextUse {
  readonly usedTokens: number;
  /** Null where the model's context length is not known. */
  readonly contextLength: number | null;
  /** Whether some of it was not counted by the model's server. */
  readonly isEstimate: boolean;
  /** Messages of the shown branch that will not be sent any more. */
  readonly leftOut: number;
  /** The first message that will still be sent; null for all of them. */
  readonly from: string | null;
}

/** English in most vocabularies; what an answer counted takes its place. */
const USUAL_TOKENS_PER_CHARACTER = 0.28;

/** From the last answer on the branch that was counted, and an estimate of what came after it and is being written. */
export function contextUse(path: readonly MessageRecord[], draft: string, room: Room): ContextUse {
  const counted = path.findLastIndex((message) => usageOf(message) !== null);
  const usage = usageOf(path[counted]);
  const later = path.slice(counted + 1).map(sizeOf);
  const uncounted = [...later, ...(draft.trim() === '' ? [] : [draft.length])];
  const before = usage ? usage.total_tokens : estimateTokens(room.system.trim() === '' ? [] : [room.system.length], room.tokensPerCharacter);
  const { from } = planSending([...path, { ...DRAFT, text: draft }], room, lastSentFrom(path));
  const at = from === null ? 0 : path.findIndex(({ id }) => id === from);
  return {
    usedTokens: before + estimateTokens(uncounted, room.tokensPerCharacter),
    contextLength: room.contextLength,
    isEstimate: uncounted.length > 0,
    leftOut: at < 0 ? path.length : at,
    from,
  };
}

/** How much text takes here, told from the last answer that was counted. */
export function tokensPerCharacter(path: readonly MessageRecord[], system: string): number {
  const at = path.findLastIndex((message) => usageOf(message) !== null);
  const usage = usageOf(path[at]);
  if (!usage) return USUAL_TOKENS_PER_CHARACTER;
  const from = Math.max(
    0,
    path.findIndex(({ id }) => id === (path[at] as AnswerRecord).sentFrom),
  );
  const characters = path.slice(from, at + 1).reduce((sum, message) => sum + sizeOf(message) + thoughtsOf(message).length, system.length);
  return characters < 20 ? USUAL_TOKENS_PER_CHARACTER : Math.min(1.5, Math.max(0.1, usage.total_tokens / characters));
}

export function lastSentFrom(path: readonly MessageRecord[]): string | null {
  const last = path.findLast((message) => message.role === 'assistant');
  return last?.role === 'assistant' ? last.sentFrom : null;
}

const DRAFT = { id: 'draft', conversation: '', parent: null, createdAtMs: 0, role: 'user' } as const;

function usageOf(message: MessageRecord | undefined): AnswerRecord['usage'] {
  return message?.role === 'assistant' ? message.usage : null;
}

function sizeOf(message: MessageRecord): number {
  return message.text.length + (message.role === 'user' ? (message.images?.length ?? 0) : 0) * CHARACTERS_OF_IMAGE;
}

function thoughtsOf(message: MessageRecord): string {
  return message.role === 'assistant' ? message.thoughts : '';
}
