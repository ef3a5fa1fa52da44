import type { Demands } from '@tandem/api/completion';
import type { OfferedTools } from '@tandem/shared/engine-protocol';
import type { EngineHost } from './engine-host';
import { offeredTools } from './offered-tools';

/** Asks the engine whether it can hold an answer to what is demanded of it, before any work. */
export class RuleCheck {
  constructor(private readonly host: EngineHost) {}

  /** Gives the tools that may be called. @throws Fault `invalid_request` */
  async check(demands: Demands = {}): Promise<OfferedTools | undefined> {
    const { format } = demands;
    if (format !== undefined) await this.host.call({ type: 'check', format });
    const tools = offeredTools(demands);
    if (tools?.forced !== undefined) await this.host.call({ type: 'check', tools });
    return tools;
  }
}
