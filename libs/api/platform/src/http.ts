import type { NestExpressApplication } from '@nestjs/platform-express';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { FaultFilter } from './fault.filter';
import { requireJsonObject, requireJsonType } from './json-body';
import { assignRequestId } from './request-id';
import { createRequestValidation } from './request-validation';

/** Longer than a load balancer keeps an idle connection (usually 60 s), so that it never reuses one that just closed. */
const KEEP_ALIVE_MS = 75_000;

/** How every request is received and every failure answered, whatever the route. Expects `bodyParser: false`. `gate` decides who may ask, before anything of a body is read. */
export function furnishHttp(app: NestExpressApplication, gate?: (app: NestExpressApplication) => void): void {
  app.disable('x-powered-by');
  app.use(assignRequestId);
  gate?.(app);
  app.use(requireJsonType);
  app.useBodyParser('json', { limit: REQUEST_LIMITS.bodyBytes, strict: false });
  app.use(requireJsonObject);
  app.useGlobalPipes(createRequestValidation());
  app.useGlobalFilters(new FaultFilter());
  const server = app.getHttpServer() as { keepAliveTimeout: number; headersTimeout: number };
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
}
