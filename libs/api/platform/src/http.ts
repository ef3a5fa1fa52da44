import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { BodyPlaces, isCompressed, isLarge } from './body-places';
import { Exchanges } from './exchanges';
import { FaultFilter } from './fault.filter';
import { requireJsonObject, requireJsonType } from './json-body';
import type { AppLogger } from './logger';
import { observeDoor } from './observe-door';
import { observeRequests } from './observe-requests';
import { Readiness } from './readiness';
import { assignRequestId } from './request-id';
import { createRequestValidation } from './request-validation';
import { sayGoodbye } from './say-goodbye';
import { sendSecurityHeaders } from './security-headers';
import { boundServer, refuseOddHeads, SERVER_LIMITS, type ServerLimits } from './server-limits';
import { RefuseUnreadFields } from './unread-fields';

export interface HttpOptions {
  /** Where every request is told of. Without it nobody is. */
  readonly logger?: AppLogger;
  /** Decides who may ask, before anything of a body is read. */
  readonly gate?: (app: NestExpressApplication) => void;
  /** Default: what a server on the open network needs. */
  readonly limits?: Partial<ServerLimits>;
}

/** How every request is received and every failure answered, whatever the route. Expects `bodyParser: false`. */
export function furnishHttp(app: NestExpressApplication, { logger, gate, limits }: HttpOptions = {}): void {
  const bounds = { ...SERVER_LIMITS, ...limits };
  app.disable('x-powered-by');
  app.use(assignRequestId);
  const observed = logger && ([logger, app.get(Exchanges, { strict: false })] as const);
  if (observed) app.use(observeRequests(...observed));
  app.use(sendSecurityHeaders);
  app.use(sayGoodbye(app.get(Readiness, { strict: false })));
  app.use(refuseOddHeads(bounds));
  gate?.(app);
  app.use(requireJsonType);
  const places = [new BodyPlaces(bounds.compressedBodies, isCompressed), new BodyPlaces(bounds.largeBodies, isLarge)];
  app.use(...places.map(({ enter }) => enter));
  app.useBodyParser('json', { limit: REQUEST_LIMITS.bodyBytes, strict: false });
  for (const { done, failed } of places) app.use(done, failed);
  app.use(requireJsonObject);
  app.useGlobalGuards(new RefuseUnreadFields());
  app.useGlobalPipes(createRequestValidation());
  app.useGlobalFilters(new FaultFilter());
  boundServer(app.getHttpServer() as Server, bounds, observed && observeDoor(...observed));
}
