import type { Exchanges } from './exchanges';
import type { AppLogger } from './logger';
import type { DoorKeeper } from '../connection/server-limits';

/** A flood of connections must not become one of lines. */
const QUIET_MS = 60_000;

/** Writes a line for what was answered before it could be read, of which nobody knows what it asked, and tells those who count. */
export function observeDoor(logger: AppLogger, exchanges: Exchanges): DoorKeeper {
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    unread({ requestId, fault: { status, code }, client }) {
      exchanges.end({ method: 'other', route: 'unread', status, durationMs: null });
      logger.within(requestId, (log) => {
        log.info({ context: 'Http', event: 'request', status, client, code }, `refused with ${status} before it could be read: ${code}`);
      });
    },
    turnedAway() {
      exchanges.turnAway();
      const now = performance.now();
      if (now - saidAt < QUIET_MS) return;
      saidAt = now;
      logger.warn('There are as many connections as this process takes: more are closed as they come', 'Http');
    },
  };
}
