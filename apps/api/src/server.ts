import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { furnishAccess } from '@tandem/api/access';
import { RunRegistry } from '@tandem/api/completion';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { AppLogger, furnishHttp, Readiness } from '@tandem/api/platform';
import { AppModule } from './app.module';
import { publishApiDocument } from './openapi';
import { compressFiles } from './static-files';

/** How long running streams have to hand their last frame to their clients. */
const DRAIN_MS = 2_000;

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
  app.useLogger(new AppLogger({ level: environment.logLevel, format: environment.logFormat }));
  app.use(compressFiles);
  furnishHttp(app, furnishAccess);
  publishApiDocument(app);
  drainOnSignals(app);
  await app.listen(environment.port, environment.host);
  console.log(`Tandem is listening on ${addressOf(app, environment.host)}`);
  return app;
}

/** The first signal drains: no new streams, running ones end with an error their client may retry on. */
function drainOnSignals(app: NestExpressApplication): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void shutDown(app).then(() => process.exit(0));
    });
  }
}

async function shutDown(app: NestExpressApplication): Promise<void> {
  app.get(Readiness, { strict: false }).startDraining();
  await app.get(RunRegistry, { strict: false }).drain(DRAIN_MS);
  await app.close();
}

function addressOf(app: NestExpressApplication, host: string): string {
  const bound = (app.getHttpServer() as { address(): { port: number } }).address();
  const isAny = host === '0.0.0.0' || host === '::';
  return `http://${isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}
