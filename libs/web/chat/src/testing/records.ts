import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { type AnswerRecord, type ConversationRecord, type MessageRecord, type QuestionRecord } from '../archive/records';

export const conversation = (rest: Partial<ConversationRecord> = {}): ConversationRecord => ({
  ...{ id: 'c', title: 'A title', isNamed: false, model: 'base', system: '', parameters: DEFAULT_PARAMETERS },
  ...{ leaf: null, createdAtMs: 0, updatedAtMs: 0 },
  ...rest,
});

export const question = (id: string, parent: string | null, text = id, rest: Partial<QuestionRecord> = {}): QuestionRecord => ({
  ...{ id, parent, text, role: 'user', conversation: 'c', createdAtMs: age(id) },
  ...rest,
});

export const answer = (id: string, parent: string, text = id, rest: Partial<AnswerRecord> = {}): AnswerRecord => ({
  ...{ id, parent, text, role: 'assistant', conversation: 'c', createdAtMs: age(id), model: 'base', modelTitle: 'Base', thoughts: '' },
  ...{ end: { kind: 'done', reason: 'stop' }, writer: 'page', writtenAtMs: 0, sentFrom: null, continued: 0 },
  ...{ firstTokenMs: 40, tokensPerSecond: 50, tokens: 2, ignored: [], seed: 7, usage: null },
  ...rest,
});

export const asMap = (...messages: readonly MessageRecord[]): ReadonlyMap<string, MessageRecord> => new Map(messages.map((message) => [message.id, message]));

/** The number in an id tells the age: "q1" is older than "a2". */
function age(id: string): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}
