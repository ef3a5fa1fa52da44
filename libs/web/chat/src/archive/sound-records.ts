import { DEFAULT_PARAMETERS, isInRange, PARAMETER_RANGES, type SamplingParameters } from '@tandem/shared/contracts';
import { type CalledTool } from '@tandem/web/run';
import { type AnswerRecord, type ConversationRecord, type KeptImage, type MessageRecord } from './records';

/** An id as this page makes them, or could: one that is a part of an address, and of a moderate length. */
export function isSoundId(id: unknown): boolean {
  return typeof id === 'string' && /^[\w-]{1,128}$/.test(id);
}

/** A conversation as it was kept, with what cannot be shown made good: an older page took files in unseen. */
export function soundConversation(record: ConversationRecord): ConversationRecord {
  const { title, isNamed, model, system, parameters, leaf, createdAtMs, updatedAtMs } = record;
  return changed(record, {
    title: textOr(title, ''),
    isNamed: isNamed === true,
    model: textOr(model, null),
    system: textOr(system, ''),
    parameters: soundParameters(parameters),
    leaf: textOr(leaf, null),
    createdAtMs: timeOr0(createdAtMs),
    updatedAtMs: timeOr0(updatedAtMs),
  });
}

export function soundMessage(record: MessageRecord): MessageRecord {
  const { parent, text, createdAtMs } = record;
  const message = { parent: textOr(parent, null), text: textOr(text, ''), createdAtMs: timeOr0(createdAtMs) };
  if (record.role === 'assistant') return changed(record, { ...message, ...soundAnswer(record) });
  const { images } = record;
  return changed(record, { ...message, role: 'user', ...(images === undefined || areSoundImages(images) ? {} : { images: [] }) });
}

function soundAnswer(record: AnswerRecord): Partial<AnswerRecord> {
  return {
    model: textOr(record.model, ''),
    modelTitle: textOr(record.modelTitle, textOr(record.model, '')),
    thoughts: textOr(record.thoughts, ''),
    ...(record.calls === undefined || isSoundCalls(record.calls) ? {} : { calls: [] }),
    end: isOneOf(record.end?.kind, ['done', 'stopped', 'failed']) ? record.end : null,
    writer: textOr(record.writer, ''),
    writtenAtMs: timeOr0(record.writtenAtMs),
    sentFrom: textOr(record.sentFrom, null),
    continued: numberOr(record.continued, 0),
    firstTokenMs: numberOr(record.firstTokenMs, null),
    tokensPerSecond: numberOr(record.tokensPerSecond, null),
    tokens: numberOr(record.tokens, 0),
    ignored: Array.isArray(record.ignored) ? record.ignored : [],
    seed: numberOr(record.seed, null),
    usage: typeof record.usage?.total_tokens === 'number' ? record.usage : null,
  };
}

function areSoundImages(images: unknown): boolean {
  return Array.isArray(images) && images.every((image: Partial<KeptImage> | null) => isImageUrl(image?.url) && typeof image?.name === 'string');
}

/** Whether it is an image that a page can show and a model can be sent: no address of anywhere. */
export function isImageUrl(url: unknown): url is string {
  return typeof url === 'string' && /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/.test(url);
}

function isSoundCalls(calls: unknown): boolean {
  return Array.isArray(calls) && calls.every((call: Partial<CalledTool> | null) => typeof call?.name === 'string' && typeof call.arguments === 'string');
}

function soundParameters(parameters: SamplingParameters): SamplingParameters {
  const given: Partial<SamplingParameters> = parameters ?? {};
  const isSound = Object.entries(PARAMETER_RANGES).every(([name, range]) => {
    const value = given[name as keyof typeof PARAMETER_RANGES];
    return isInRange(value, range) || (name === 'seed' && value === null);
  });
  return isSound && Array.isArray(given.stop) ? parameters : DEFAULT_PARAMETERS;
}

/** The same record where nothing of it changes. */
function changed<T extends object>(record: T, fields: Partial<T>): T {
  const isSame = Object.entries(fields).every(([name, value]) => Object.is(record[name as keyof T], value));
  return isSame ? record : { ...record, ...fields };
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

function numberOr<T>(value: unknown, otherwise: T): number | T {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** Within what a date can be. */
function timeOr0(value: unknown): number {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime()) ? value : 0;
}

function isOneOf(value: unknown, all: readonly unknown[]): boolean {
  return all.includes(value);
}
