import { type ChatMessage, DEFAULT_PARAMETERS, type SamplingParameters, type StreamRequest } from '@tandem/shared/contracts';
import { newId } from '@tandem/web/run';
import { THIS_PAGE } from '../archive/page-identity';
import { type AnswerRecord, type ConversationRecord } from '../archive/records';

const LONGEST_TITLE = 60;

export function newConversation(model: string | null, nowMs: number): ConversationRecord {
  return {
    ...{ id: newId(), title: '', isNamed: false, model, system: '', parameters: DEFAULT_PARAMETERS, leaf: null },
    ...{ createdAtMs: nowMs, updatedAtMs: nowMs },
  };
}

interface Beginning {
  readonly id: string;
  readonly conversation: string;
  readonly parent: string;
  readonly nowMs: number;
}

export function emptyAnswer({ id, conversation, parent, nowMs }: Beginning, model: { readonly id: string; readonly title: string }): AnswerRecord {
  return {
    ...{ id, conversation, parent, createdAtMs: nowMs, role: 'assistant', text: '', thoughts: '' },
    ...{ model: model.id, modelTitle: model.title, end: null, writer: THIS_PAGE, writtenAtMs: nowMs },
    ...{ sentFrom: null, continued: 0, firstTokenMs: null, tokensPerSecond: null, tokens: 0, ignored: [], seed: null, usage: null },
  };
}

/** A message in a few words: its first line, cut between words. */
export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ').replace(/^#+ /, '') ?? '';
  if (line.length <= LONGEST_TITLE) return line;
  const cut = line.slice(0, LONGEST_TITLE);
  return `${cut.slice(0, cut.lastIndexOf(' ') > 20 ? cut.lastIndexOf(' ') : LONGEST_TITLE)}…`;
}

interface Asking {
  readonly model: string;
  readonly conversation: string;
  readonly messages: readonly ChatMessage[];
  readonly system: string;
  readonly parameters: SamplingParameters;
}

export function toRequest({ model, conversation, messages, system, parameters }: Asking): StreamRequest {
  return { model, messages, system: system.trim() === '' ? null : system, ...parameters, conversation_id: conversation };
}
