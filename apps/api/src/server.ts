import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { furnishAccess } from '@tandem/api/access';
import { ENVIRONMENT, type Environment, warnIfOpen } from '@tandem/api/config';
import { AppLogger, furnishHttp, stripBasePath } from '@tandem/api/http';
import { showModelsToPrograms } from '@tandem/api/openai';
import { AppModule } from './app.module';
import { ApiDocument } from '@tandem/api/openapi';
import { leaveOnSignals } from './shutdown';

/**
 * Connections that wait to be taken while the server is busy; the system lowers it to its own limit. By Node's 511, of 2,000 readers that
 * came within four seconds to a machine with other work, one in eight had no answer.
 */
const BACKLOG = 4_096;

/** Starts the server and prints its address. Rejects with a `ConfigurationError` when something it is given is wrong. */
export async function startServer(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    abortOnError: false,
    bodyParser: false,
    bufferLogs: true,
    // what fails before the log is set up is printed by main, once
    logger: false,
    forceCloseConnections: true,
  });
  const environment = app.get<Environment>(ENVIRONMENT, { strict: false });
  const logger = await AppLogger.open({ level: environment.logLevel, format: environment.logFormat });
  app.useLogger(logger);
  warnIfOpen(environment);
  // whose word about the client's address and scheme counts
  app.set('trust proxy', environment.trustedProxies);
  app.use(stripBasePath(environment.basePath));
  app.use(showModelsToPrograms);
  furnishHttp(app, { logger, gate: furnishAccess, limits: { keepAliveMs: environment.keepAliveSeconds * 1000 } });
  app.get(ApiDocument, { strict: false }).describe(app, environment.basePath);
  leaveOnSignals(app, environment);
  // Nest gives what follows to the server as it is, and names only a callback there
  await app.listen(environment.port, environment.host, BACKLOG as never);
  const origin = addressOf(app, environment.host);
  logger.announce(`Tandem is listening on ${origin} as process ${process.pid}`, { event: 'listening', origin, pid: process.pid });
  return app;
}

function addressOf(app: NestExpressApplication, host: string): string {
  const bound = (app.getHttpServer() as { address(): { port: number } }).address();
  const isAny = host === '0.0.0.0' || host === '::';
  return `http://${isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}
