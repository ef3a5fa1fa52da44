import type { Demands } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { OfferedTools } from '@tandem/shared/engine-protocol';

/** Tools as the engine offers them to a model; undefined where none may be called. @throws Fault `invalid_request` */
export function offeredTools({ tools, toolChoice: choice, parallelToolCalls: isParallel = true, format }: Demands = {}): OfferedTools | undefined {
  if (tools === undefined || choice === 'none') return undefined;
  if (format !== undefined)
    throw new Fault('invalid_request', 'response_format: cannot stand beside tools of a local model. Leave one of them out.', { param: 'response_format' });
  const definitions = tools.map(({ strict: _, ...definition }) => definition);
  if (choice === undefined) return { definitions, isParallel };
  const forced = choice === 'required' ? tools.map(({ name }) => name) : [choice.name];
  return { definitions, isParallel: isParallel && choice === 'required', forced };
}
