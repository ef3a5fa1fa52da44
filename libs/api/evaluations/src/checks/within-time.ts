import { createContext, Script } from 'node:vm';

const sandbox: { work?: () => unknown } = {};
const context = createContext(sandbox);
const call = new Script('work()');

/** Does what may never come to an end, here and now, but no longer than that: then it throws what `isOutOfTime` knows. */
export function withinTime<Result>(mostMs: number, work: () => Result): Result {
  sandbox.work = work;
  try {
    return call.runInContext(context, { timeout: mostMs }) as Result;
  } finally {
    delete sandbox.work;
  }
}

/** Whether something was thrown because the time was over. Its error is one of the context, and no `Error` of ours. */
export function isOutOfTime(thrown: unknown): boolean {
  return (thrown as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
