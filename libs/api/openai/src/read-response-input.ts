import { callOf } from './read-tools';
import { type Body, isObject, isSent, wrong } from './request-body';

/**
 * The input of a response as the messages of a chat. Earlier thoughts, which clients send back, are left out: they are no
 * part of what was said. Tool calls belong to the answer before them. @throws Fault `invalid_request`
 */
export function messagesOfInput(input: unknown): unknown {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  if (!Array.isArray(input)) return input;
  const messages: Body[] = [];
  for (const [index, item] of input.entries()) {
    const { type = 'message', ...fields } = isObject(item) ? item : {};
    switch (type) {
      case null:
      case 'message':
        messages.push(fields);
        break;
      case 'reasoning':
        break;
      case 'function_call':
        addCall(messages, fields, `input[${index}]`);
        break;
      case 'function_call_output':
        messages.push({ role: 'tool', tool_call_id: fields['call_id'], content: fields['output'] });
        break;
      default:
        throw wrong(`input[${index}].type`, 'must be message, reasoning, function_call or function_call_output');
    }
  }
  return messages;
}

function addCall(messages: Body[], { call_id: id, name, arguments: given }: Body, path: string): void {
  const { id: read, ...about } = callOf({ id, name, arguments: given }, { path, place: path, idField: 'call_id' });
  const call = { id: read, type: 'function', function: about };
  const last = messages.at(-1);
  if (last?.['role'] !== 'assistant') messages.push({ role: 'assistant', content: null, tool_calls: [call] });
  else messages[messages.length - 1] = { ...last, tool_calls: [...(isSent(last['tool_calls']) ? (last['tool_calls'] as unknown[]) : []), call] };
}
