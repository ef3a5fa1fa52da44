import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { type RunFault } from '@tandem/web/data-access';
import {
  FILE_LIMITS,
  type Fields,
  fieldsOf,
  nameOr,
  numberOr,
  parseFile,
  readParameters,
  readReason,
  readUsage,
  sayCount,
  textAt,
  timeAt,
  tooMuch,
  UnreadableFile,
  wrong,
} from '@tandem/web/history/records';
import { type AnswerEnd, type AnswerRecord, type MessageRecord, type QuestionRecord, type WholeConversation } from '../archive/records';
import { isImageUrl } from '../archive/sound-records';

/** What a file may hold. */
const LIMITS = { conversations: 20_000, messages: 20_000, calls: 200, images: 64 } as const;

/**
 * The conversations in an exported file. A file is input like any other: all of it is checked before any of it is
 * taken, and what is wrong is named by its place.
 */
export function readChatFile(text: string): readonly WholeConversation[] {
  const file = fieldsOf(parseFile(text));
  if (file?.['format'] !== 'tandem-chat') throw new UnreadableFile('This is not a file of conversations that was exported here. Nothing was imported.');
  if (file['version'] !== 1) throw new UnreadableFile('This file was exported by a newer version of Tandem. Update this one, then import it.');
  const conversations = file['conversations'];
  if (!Array.isArray(conversations)) throw wrong('conversations', 'a list');
  if (conversations.length > LIMITS.conversations) throw tooMuch('', `${sayCount(conversations.length)} conversations`, LIMITS.conversations);
  return conversations.map((conversation, at) => readConversation(conversation, `conversations[${at}]`));
}

function readConversation(value: unknown, at: string): WholeConversation {
  const fields = fieldsOf(value);
  if (!fields) throw wrong(at, 'an object');
  const id = textAt(fields, 'id', at);
  const list = fields['messages'];
  if (!Array.isArray(list)) throw wrong(`${at}.messages`, 'a list');
  if (list.length > LIMITS.messages) throw tooMuch(`${at} has `, `${sayCount(list.length)} messages`, LIMITS.messages);
  const messages = list.map((message, n) => readMessage(message, id, `${at}.messages[${n}]`));
  checkTree(messages, at);
  const leaf = fields['leaf'];
  return {
    conversation: {
      id,
      title: textAt(fields, 'title', at).slice(0, FILE_LIMITS.name),
      isNamed: fields['named'] === true,
      model: nameOr(fields['model'], null),
      system: typeof fields['system'] === 'string' ? textAt(fields, 'system', at) : '',
      parameters: readParameters(fields['parameters'], DEFAULT_PARAMETERS),
      leaf: typeof leaf === 'string' && messages.some((message) => message.id === leaf) ? leaf : (messages.at(-1)?.id ?? null),
      createdAtMs: timeAt(fields, 'created_at', at),
      updatedAtMs: timeAt(fields, 'updated_at', at),
    },
    messages,
  };
}

function readMessage(value: unknown, conversation: string, at: string): MessageRecord {
  const fields = fieldsOf(value);
  if (!fields) throw wrong(at, 'an object');
  const { role, parent } = fields;
  if (role !== 'user' && role !== 'assistant') throw wrong(`${at}.role`, '"user" or "assistant"');
  if (parent !== null && typeof parent !== 'string') throw wrong(`${at}.parent`, 'the id of a message or null');
  const message = { id: textAt(fields, 'id', at), conversation, parent, createdAtMs: timeAt(fields, 'created_at', at), text: textAt(fields, 'text', at) };
  return role === 'user' ? { ...message, role, ...readImages(fields['images'], at) } : { ...message, role, ...readAnswer(fields, at) };
}

function readAnswer(fields: Fields, at: string): Omit<AnswerRecord, 'id' | 'conversation' | 'parent' | 'createdAtMs' | 'text' | 'role'> {
  const { thoughts, sent_from: sentFrom, ignored } = fields;
  return {
    model: textAt(fields, 'model', at).slice(0, FILE_LIMITS.name),
    modelTitle: nameOr(fields['model_title'], textAt(fields, 'model', at).slice(0, FILE_LIMITS.name)),
    thoughts: typeof thoughts === 'string' ? textAt(fields, 'thoughts', at) : '',
    ...readCalls(fields['tool_calls'], at),
    end: readEnd(fields['end']),
    writer: '',
    writtenAtMs: 0,
    sentFrom: typeof sentFrom === 'string' ? sentFrom : null,
    continued: 0,
    firstTokenMs: numberOr(fields['first_token_ms'], null),
    tokensPerSecond: numberOr(fields['tokens_per_second'], null),
    tokens: numberOr(fields['tokens'], 0),
    ignored: Array.isArray(ignored) ? ignored.slice(0, 50).flatMap((name) => nameOr(name, null) ?? []) : [],
    seed: numberOr(fields['seed'], null),
    usage: readUsage(fields['usage']),
  };
}

function readImages(value: unknown, at: string): Pick<QuestionRecord, 'images'> {
  if (!Array.isArray(value) || value.length === 0) return {};
  const images = value.slice(0, LIMITS.images).map((each, n) => {
    const fields = fieldsOf(each) ?? {};
    const place = `${at}.images[${n}]`;
    const url = textAt(fields, 'url', place);
    if (!isImageUrl(url)) throw wrong(`${place}.url`, 'an image as a data URL (PNG, JPEG, WebP or GIF)');
    return { url, name: nameOr(fields['name'], ''), width: numberOr(fields['width'], 0), height: numberOr(fields['height'], 0) };
  });
  return { images };
}

function readCalls(value: unknown, at: string): Pick<AnswerRecord, 'calls'> {
  if (!Array.isArray(value) || value.length === 0) return {};
  const calls = value.slice(0, LIMITS.calls).map((each, index) => {
    const fields = fieldsOf(each) ?? {};
    const place = `${at}.tool_calls[${index}]`;
    return { index, name: textAt(fields, 'name', place).slice(0, FILE_LIMITS.name), arguments: textAt(fields, 'arguments', place) };
  });
  return { calls };
}

function readEnd(value: unknown): AnswerEnd | null {
  const end = fieldsOf(value);
  if (end?.['kind'] === 'stopped') return { kind: 'stopped' };
  if (end?.['kind'] === 'failed') {
    const code = nameOr(end['code'], 'internal_error') as RunFault['code'];
    return { kind: 'failed', fault: { code, message: nameOr(end['message'], 'It failed.'), retryable: true } };
  }
  if (end?.['kind'] !== 'done') return null;
  return { kind: 'done', reason: readReason(end['reason']) };
}

/** Every parent is there, no id is used twice, and there is no way in a circle. */
function checkTree(messages: readonly MessageRecord[], at: string): void {
  const parents = new Map(messages.map(({ id, parent }) => [id, parent]));
  if (parents.size < messages.length) throw wrong(`${at}.messages`, 'messages with ids of their own');
  const reached = new Set<string | null>([null]);
  for (const { id } of messages) {
    const way = new Set<string>();
    let step: string | null = id;
    while (!reached.has(step)) {
      if (step === null || way.has(step) || !parents.has(step)) throw wrong(`${at}.messages`, 'a tree: some parent is missing');
      way.add(step);
      step = parents.get(step) ?? null;
    }
    for (const each of way) reached.add(each);
  }
}
