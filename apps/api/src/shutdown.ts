import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { RunRegistry } from '@tandem/api/completion';
import type { Environment } from '@tandem/api/config';
import { EngineHost } from '@tandem/api/inference';
import { OpenConnections, Readiness } from '@tandem/api/http';

type Signal = 'SIGTERM' | 'SIGINT';

/** Of who waits at a terminal. */
const PATIENCE_MS = 2_000;
/** One Ctrl+C may arrive several times, passed on by npm and whoever else stands between. */
const ONE_KEYPRESS_MS = 500;
/** How long answers that were cut off have to end, then all that is asked besides, then everything else. */
const LAST_FRAMES_MS = 2_000;
const LAST_REQUESTS_MS = 1_000;
const CLOSE_MS = 1_500;
const CODE_OF: Record<Signal, number> = { SIGTERM: 143, SIGINT: 130 };

/**
 * Leaves on the first signal in good order: says that it is not ready, takes nothing new, lets running answers end,
 * hands those that do not an error their clients may retry on, and exits with 0. A second signal ends it at once.
 */
export function leaveOnSignals(app: NestExpressApplication, environment: Environment): void {
  let since: number | undefined;
  const connections = new OpenConnections(app.getHttpServer() as Server);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (since === undefined) {
        since = performance.now();
        void leave(app, connections, termsFor(signal, environment)).finally(() => process.exit(0));
      } else if (performance.now() - since > ONE_KEYPRESS_MS) {
        void app.get(EngineHost, { strict: false }).destroy();
        process.exit(CODE_OF[signal]);
      }
    });
  }
}

interface Terms {
  readonly signal: Signal;
  readonly delayMs: number;
  readonly graceMs: number;
}

function termsFor(signal: Signal, { shutdownDelaySeconds, shutdownGraceSeconds }: Environment): Terms {
  const graceMs = shutdownGraceSeconds * 1000;
  if (signal === 'SIGINT') return { signal, delayMs: 0, graceMs: Math.min(graceMs, PATIENCE_MS) };
  return { signal, delayMs: shutdownDelaySeconds * 1000, graceMs };
}

async function leave(app: NestExpressApplication, connections: OpenConnections, { signal, delayMs, graceMs }: Terms): Promise<void> {
  const logger = new Logger('Shutdown');
  const readiness = app.get(Readiness, { strict: false });
  const runs = app.get(RunRegistry, { strict: false });
  readiness.startLeaving();
  logger.log(`${signal}: leaving, with up to ${graceMs / 1000} s for ${runs.running.length} running answers`);
  await delay(delayMs);
  readiness.startDraining();
  const deadline = performance.now() + graceMs;
  await runs.drain(graceMs);
  if (runs.running.length > 0) logger.warn(`${runs.running.length} answers did not end in time and were cut off; their clients are told to try again`);
  await runs.destroy(LAST_FRAMES_MS);
  await connections.close(Math.max(deadline, performance.now() + LAST_REQUESTS_MS));
  await Promise.race([app.close(), delay(CLOSE_MS)]);
  await app.get(EngineHost, { strict: false }).destroy();
  logger.log('Left');
}
