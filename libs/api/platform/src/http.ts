import type { NestExpressApplication } from '@nestjs/platform-express';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Exchanges } from './exchanges';
import { FaultFilter } from './fault.filter';
import { requireJsonObject, requireJsonType } from './json-body';
import type { AppLogger } from './logger';
import { observeRequests } from './observe-requests';
import { Readiness } from './readiness';
import { assignRequestId } from './request-id';
import { createRequestValidation } from './request-validation';
import { sayGoodbye } from './say-goodbye';

export interface HttpOptions {
  /** Where every request is told of. Without it nobody is. */
  readonly logger?: AppLogger;
  /** Decides who may ask, before anything of a body is read. */
  readonly gate?: (app: NestExpressApplication) => void;
  /** Longer than a load balancer keeps an idle connection (usually 60 s), so that it never reuses one that just closed. */
  readonly keepAliveSeconds?: number;
}

/** How every request is received and every failure answered, whatever the route. Expects `bodyParser: false`. */
export function furnishHttp(app: NestExpressApplication, { logger, gate, keepAliveSeconds = 75 }: HttpOptions = {}): void {
  app.disable('x-powered-by');
  app.use(assignRequestId);
  if (logger) app.use(observeRequests(logger, app.get(Exchanges, { strict: false })));
  app.use(sayGoodbye(app.get(Readiness, { strict: false })));
  gate?.(app);
  app.use(requireJsonType);
  app.useBodyParser('json', { limit: REQUEST_LIMITS.bodyBytes, strict: false });
  app.use(requireJsonObject);
  app.useGlobalPipes(createRequestValidation());
  app.useGlobalFilters(new FaultFilter());
  const server = app.getHttpServer() as { keepAliveTimeout: number; headersTimeout: number };
  server.keepAliveTimeout = keepAliveSeconds * 1000;
  server.headersTimeout = keepAliveSeconds * 1000 + 5_000;
}
