import { fold } from '@tandem/web/history/records';
import { type ConversationRecord, type MessageRecord } from '../archive/records';

const BEFORE = 28;
const AROUND = 110;

export function hasTitle({ title }: ConversationRecord, query: string): boolean {
  return fold(title).includes(fold(query.trim()));
}

/** A piece of the message around the first place where it has the query. */
export function excerptOf({ text }: MessageRecord, query: string): string | undefined {
  const wanted = fold(query.trim());
  const at = fold(text).indexOf(wanted);
  if (wanted === '' || at < 0) return undefined;
  const from = Math.max(0, at - BEFORE);
  return `${from > 0 ? '…' : ''}${text
    .slice(from, from + AROUND)
    .replace(/\s+/g, ' ')
    .trim()}`;
}
