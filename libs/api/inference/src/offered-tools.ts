import type { Demands, ToolDefinition } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { OfferedTools } from '@tandem/shared/engine-protocol';
import { argumentRules } from './grammar/tool-grammar';

/** A request's tools are asked for when it is admitted and again when its turn comes. */
const known = new WeakMap<Demands, OfferedTools>();

/** Tools as the engine offers them to a model; undefined where none may be called. @throws Fault `invalid_request` */
export function offeredTools(demands: Demands = {}): OfferedTools | undefined {
  const { tools, toolChoice, parallelToolCalls: isParallel = true, format } = demands;
  if (tools === undefined || toolChoice === 'none') return undefined;
  if (format !== undefined)
    throw new Fault('invalid_request', 'response_format: cannot stand beside tools of a local model. Leave one of them out.', { param: 'response_format' });
  const offered = known.get(demands) ?? offer(tools, toolChoice, isParallel);
  known.set(demands, offered);
  return offered;
}

function offer(tools: readonly ToolDefinition[], choice: Demands['toolChoice'], isParallel: boolean): OfferedTools {
  const definitions = tools.map(({ strict: _, ...definition }) => definition);
  if (choice === undefined || choice === 'none') return { definitions, isParallel };
  const callable = choice === 'required' ? tools : tools.filter(({ name }) => name === choice.name);
  return { definitions, isParallel: isParallel && choice === 'required', forced: argumentRules(callable) };
}
