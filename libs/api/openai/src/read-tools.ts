import type { Demands, ToolDefinition } from '@tandem/api/completion';
import type { ToolCall } from '@tandem/shared/contracts';
import { schemaOf } from './read-format';
import { type Body, isObject, isSent, wrong } from './request-body';

export const MOST_TOOLS = 128;
export const TOOL_NAME = /^[\w-]{1,64}$/;
const NAME_RULE = 'must be 1 to 64 letters, digits, underscores or hyphens';

/** How one of OpenAI's routes says what a tool is: in a field of its own, or beside the type. */
export type ToolForm = 'nested' | 'flat';

/** What is said of tools, where any are sent. @throws Fault `invalid_request` */
export function toolDemands({ tools, tool_choice: choice, parallel_tool_calls: isParallel }: Body, form: ToolForm): Demands {
  if (isSent(isParallel) && typeof isParallel !== 'boolean') throw wrong('parallel_tool_calls', 'must be true or false');
  const read = definitionsOf(tools, form);
  if (read.length === 0) {
    if (isSent(choice) && choice !== 'none' && choice !== 'auto') throw wrong('tool_choice', 'needs tools beside it');
    return {};
  }
  const toolChoice = choiceOf(choice, read, form);
  return { tools: read, ...(toolChoice === undefined ? {} : { toolChoice }), ...(typeof isParallel === 'boolean' ? { parallelToolCalls: isParallel } : {}) };
}

function definitionsOf(tools: unknown, form: ToolForm): readonly ToolDefinition[] {
  if (!isSent(tools)) return [];
  if (!Array.isArray(tools) || tools.length > MOST_TOOLS) throw wrong('tools', `must be a list of at most ${MOST_TOOLS} tools`);
  const read = tools.map((tool: unknown, index) => definitionOf(tool, `tools[${index}]`, form));
  const twice = read.find(({ name }, index) => read.findIndex((other) => other.name === name) !== index);
  if (twice) throw wrong('tools', `must have names of their own: there are two of ${twice.name}`);
  return read;
}

function definitionOf(tool: unknown, path: string, form: ToolForm): ToolDefinition {
  const { type, function: nested, ...flat } = isObject(tool) ? tool : {};
  if (type !== 'function') throw wrong(`${path}.type`, 'must be function: other tools are none of a model alone');
  const about = form === 'flat' ? flat : isObject(nested) ? nested : {};
  const place = form === 'flat' ? path : `${path}.function`;
  const { name, description, parameters, strict } = about;
  if (typeof name !== 'string' || !TOOL_NAME.test(name)) throw wrong(`${place}.name`, NAME_RULE);
  if (isSent(description) && typeof description !== 'string') throw wrong(`${place}.description`, 'must be text');
  if (isSent(strict) && typeof strict !== 'boolean') throw wrong(`${place}.strict`, 'must be true or false');
  return {
    name,
    ...(typeof description === 'string' ? { description } : {}),
    ...(isSent(parameters) ? { parameters: schemaOf(parameters, `${place}.parameters`) } : {}),
    ...(typeof strict === 'boolean' ? { strict } : {}),
  };
}

/** Undefined where the model decides. */
function choiceOf(choice: unknown, tools: readonly ToolDefinition[], form: ToolForm): Demands['toolChoice'] {
  if (!isSent(choice) || choice === 'auto') return undefined;
  if (choice === 'none' || choice === 'required') return choice;
  const { type, function: nested, name: flat } = isObject(choice) ? choice : {};
  const name = form === 'flat' ? flat : isObject(nested) ? nested['name'] : undefined;
  if (type !== 'function' || !tools.some((tool) => tool.name === name))
    throw wrong('tool_choice', 'must be none, auto, required or the name of one of the tools');
  return { name: String(name) };
}

/** The tool calls of an earlier answer. @throws Fault `invalid_request` */
export function callsOf(calls: unknown, path: string): readonly ToolCall[] {
  if (!isSent(calls)) return [];
  if (!Array.isArray(calls) || calls.length > MOST_TOOLS) throw wrong(path, `must be a list of at most ${MOST_TOOLS} tool calls`);
  return calls.map((call: unknown, index) => {
    const { id, function: about } = isObject(call) ? call : {};
    const { name, arguments: given } = isObject(about) ? about : {};
    return callOf({ id, name, arguments: given }, { path: `${path}[${index}]`, place: `${path}[${index}].function`, idField: 'id' });
  });
}

interface CallPlace {
  readonly path: string;
  readonly place: string;
  readonly idField: string;
}

export function callOf({ id, name, arguments: given }: Body, { path, place, idField }: CallPlace): ToolCall {
  if (typeof id !== 'string' || id === '') throw wrong(`${path}.${idField}`, 'must be the id of the call');
  if (typeof name !== 'string' || !TOOL_NAME.test(name)) throw wrong(`${place}.name`, NAME_RULE);
  if (typeof given !== 'string') throw wrong(`${place}.arguments`, 'must be text that is JSON');
  return { id, name, arguments: given };
}
