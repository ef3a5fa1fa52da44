import { BoundedWorker, describeEnd } from './bounded-worker';
import { EngineError } from './engine-error';
import type { AskedRules, BuiltRules, RulesReply } from './grammar.worker';

const DEADLINE_MS = 10_000;
const MAX_HEAP_MB = 256;
/** More than are admitted and wait at once with rules that differ. One takes up to a megabyte, what was asked included. */
const MOST_KEPT = 32;

/**
 * Makes grammars of schemas, in a thread of its own, each within a deadline and a heap limit. A request is asked about when
 * it is admitted and again when its turn comes: what was made last is kept.
 */
export class RuleBuilder {
  private readonly kept = new Map<string, BuiltRules>();
  private readonly worker: BoundedWorker<string, RulesReply>;

  constructor(entry: URL) {
    this.worker = new BoundedWorker<string, RulesReply>({
      entry,
      deadlineMs: DEADLINE_MS,
      maxHeapMb: MAX_HEAP_MB,
      replyFor: (end) => ({ obstacle: describeEnd(end, DEADLINE_MS) }),
    });
  }

  /** @throws EngineError `invalid_request` for what no grammar can be made of */
  async build({ format, tools }: AskedRules): Promise<BuiltRules> {
    const key = JSON.stringify({ format, tools: tools && { definitions: tools.definitions, forced: tools.forced } });
    const built = this.kept.get(key) ?? (await this.ask(key, format === undefined ? 'tools' : 'response_format'));
    this.keep(key, built);
    return built;
  }

  destroy(): Promise<void> {
    return this.worker.destroy();
  }

  private async ask(asked: string, param: string): Promise<BuiltRules> {
    const reply = await this.worker.ask(asked);
    if ('obstacle' in reply) throw new EngineError('invalid_request', `making a grammar of it ${reply.obstacle}. Simplify it`, { param });
    if (!('fault' in reply)) return reply;
    const { code, message, ...options } = reply.fault;
    throw new EngineError(code, message, options);
  }

  /** The last used is last in the map. */
  private keep(key: string, built: BuiltRules): void {
    this.kept.delete(key);
    this.kept.set(key, built);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}
