import { type FinishReason, type SamplingParameters, type Usage } from '@tandem/shared/contracts';
import { type AnswerRecord, type MessageRecord, type QuestionRecord, type WholeConversation } from '../archive/records';

/** What an exported file holds. Times are ISO 8601 UTC. */
export interface ChatFile {
  readonly format: 'tandem-chat';
  readonly version: 1;
  readonly exported_at: string;
  readonly conversations: readonly FileConversation[];
}

export interface FileConversation {
  readonly id: string;
  readonly title: string;
  readonly named: boolean;
  readonly model: string | null;
  readonly system: string;
  readonly parameters: SamplingParameters;
  readonly leaf: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly messages: readonly FileMessage[];
}

export interface FileMessage {
  readonly id: string;
  readonly parent: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly created_at: string;
  /** Of a user's message: data URLs, and sizes in pixels. */
  readonly images?: readonly FileImage[];
  readonly model?: string;
  readonly model_title?: string;
  readonly thoughts?: string;
  readonly tool_calls?: readonly { readonly name: string; readonly arguments: string }[];
  /** Absent for an answer that was interrupted. */
  readonly end?: { readonly kind: 'done' | 'stopped' | 'failed'; readonly reason?: FinishReason; readonly code?: string; readonly message?: string };
  readonly sent_from?: string | null;
  readonly first_token_ms?: number | null;
  readonly tokens_per_second?: number | null;
  readonly tokens?: number;
  readonly ignored?: readonly string[];
  readonly seed?: number | null;
  readonly usage?: Usage | null;
}

export interface FileImage {
  readonly url: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export function toChatFile(conversations: readonly WholeConversation[], nowMs: number): ChatFile {
  return { format: 'tandem-chat', version: 1, exported_at: iso(nowMs), conversations: conversations.map(toFileConversation) };
}

function toFileConversation({ conversation, messages }: WholeConversation): FileConversation {
  const { id, title, isNamed, model, system, parameters, leaf, createdAtMs, updatedAtMs } = conversation;
  return {
    ...{ id, title, named: isNamed, model, system, parameters, leaf },
    ...{ created_at: iso(createdAtMs), updated_at: iso(updatedAtMs), messages: messages.map(toFileMessage) },
  };
}

function toFileMessage(message: MessageRecord): FileMessage {
  const { id, parent, role, text, createdAtMs } = message;
  return { id, parent, role, text, created_at: iso(createdAtMs), ...(message.role === 'assistant' ? factsOf(message) : imagesIn(message)) };
}

function imagesIn({ images }: QuestionRecord): Partial<FileMessage> {
  return images ? { images: images.map(({ url, name, width, height }) => ({ url, name, width, height })) } : {};
}

function factsOf({
  model,
  modelTitle,
  thoughts,
  calls,
  end,
  sentFrom,
  firstTokenMs,
  tokensPerSecond,
  tokens,
  ignored,
  seed,
  usage,
}: AnswerRecord): Partial<FileMessage> {
  return {
    ...{ model, model_title: modelTitle, thoughts, sent_from: sentFrom, first_token_ms: firstTokenMs },
    ...{ tokens_per_second: tokensPerSecond, tokens, ignored, seed, usage },
    ...(calls ? { tool_calls: calls.map(({ name, arguments: given }) => ({ name, arguments: given })) } : {}),
    ...(end ? { end: toFileEnd(end) } : {}),
  };
}

function toFileEnd(end: NonNullable<AnswerRecord['end']>): NonNullable<FileMessage['end']> {
  if (end.kind === 'failed') return { kind: 'failed', code: end.fault.code, message: end.fault.message };
  return end.kind === 'done' ? { kind: 'done', reason: end.reason ?? 'stop' } : { kind: 'stopped' };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
