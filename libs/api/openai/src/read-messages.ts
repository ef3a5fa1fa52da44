import { NO_TEXT } from '@tandem/api/http';
import { type ChatTurn, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { callsOf } from './read-tools';
import { type Body, isObject, isSent, wrong } from './request-body';

const ROLES: ReadonlyMap<unknown, ChatTurn['role']> = new Map<unknown, ChatTurn['role']>([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'user'],
]);
const { textCharacters, messages: mostMessages } = REQUEST_LIMITS;
/** The parts that are text, by type, and where each has it. */
const TEXT_PARTS: Readonly<Record<string, string>> = { text: 'text', input_text: 'text', output_text: 'text', refusal: 'refusal' };

/**
 * A conversation as OpenAI takes it. A system message without text is left out; an answer may be empty, as a stopped one
 * is, or be a refusal. @throws Fault `invalid_request`
 */
export function messagesOf(messages: unknown, field = 'messages'): ChatTurn[] {
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > mostMessages)
    throw wrong(field, `must be a list of 1 to ${mostMessages} messages`);
  const read = messages.flatMap((message: unknown, index) => messageOf(isObject(message) ? message : {}, `${field}[${index}]`));
  if (read.length === 0) throw wrong(field, 'must hold at least one message that says something');
  return read;
}

function messageOf(message: Body, path: string): ChatTurn[] {
  const role = ROLES.get(message['role']);
  if (role === undefined) throw wrong(`${path}.role`, 'must be system, developer, user, assistant or tool');
  const content = contentOf(message['content'], `${path}.content`) + (role === 'assistant' ? contentOf(message['refusal'], `${path}.refusal`) : '');
  const calls = role === 'assistant' ? callsOf(message['tool_calls'], `${path}.tool_calls`) : [];
  const isBlank = content.trim() === '';
  if (isBlank && role === 'system') return [];
  if (isBlank && message['role'] === 'user') throw wrong(`${path}.content`, NO_TEXT);
  if (message['role'] === 'tool') return [{ role, content, ...resultOf(message['tool_call_id'], `${path}.tool_call_id`) }];
  return [{ role, content, ...(calls.length === 0 ? {} : { tool_calls: calls }) }];
}

/** Some clients tell what came of a call without its id: then it is a message like any other. */
function resultOf(id: unknown, path: string): Pick<ChatTurn, 'tool_call_id'> {
  if (!isSent(id)) return {};
  if (typeof id !== 'string' || id === '') throw wrong(path, 'must be the id of a tool call');
  return { tool_call_id: id };
}

/** Nothing where nothing was sent. */
function contentOf(content: unknown, path: string): string {
  if (!isSent(content)) return '';
  const text = Array.isArray(content) ? content.map((part: unknown) => partText(part, path)).join('') : content;
  if (typeof text !== 'string') throw wrong(path, 'must be a string or a list of parts of the type text');
  if (text.length > textCharacters) throw wrong(path, `is ${text.length} characters long; at most ${textCharacters} are allowed`);
  return text;
}

function partText(part: unknown, path: string): string {
  const { type, ...fields } = isObject(part) ? part : {};
  const text = fields[TEXT_PARTS[String(type)] ?? ''];
  if (typeof text !== 'string') throw wrong(path, 'must be a string or a list of parts of the type text');
  return text;
}
