import type { Piece } from './dialect';
import { isObject, type JsonObject } from './json';

/** The tool calls of a message, or the pieces of them that a delta holds; OpenAI's first form of a single one as well. */
export function readCalls({ tool_calls: calls, function_call: only }: JsonObject): Piece[] {
  const listed = Array.isArray(calls) ? calls.filter(isObject) : isObject(calls) ? [calls] : [];
  const all = listed.length > 0 || !isObject(only) ? listed : [{ function: only }];
  return all.flatMap((entry, place) => readCall(entry, place));
}

function readCall(entry: JsonObject, place: number): Piece[] {
  const { index, id, function: about } = entry;
  const { name, arguments: given, parameters = given } = isObject(about) ? about : entry;
  const call = {
    index: typeof index === 'number' ? index : place,
    id: typeof id === 'string' ? id : '',
    name: typeof name === 'string' ? name : '',
    arguments: typeof parameters === 'string' ? parameters : isObject(parameters) ? JSON.stringify(parameters) : '',
  };
  return call.id === '' && call.name === '' && call.arguments === '' ? [] : [{ kind: 'call', call }];
}
