import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readBodies } from './body/read-bodies';
import { Exchanges } from './log/exchanges';
import { FaultFilter } from './fault.filter';
import type { AppLogger } from './log/logger';
import { observeDoor } from './log/observe-door';
import { observeRequests } from './log/observe-requests';
import { sendPlainComments } from './plain-comments';
import { Readiness } from './readiness';
import { assignRequestId } from './log/request-id';
import { createRequestValidation } from './fields/request-validation';
import { refuseOtherMethods } from './route/request-route';
import { RouteTable } from './route/route-table';
import { sayGoodbye } from './connection/say-goodbye';
import { sendSecurityHeaders } from './security-headers';
import { endStreamsLightly } from './stream-ends';
import { boundServer, refuseOddHeads, SERVER_LIMITS, type ServerLimits } from './connection/server-limits';
import { RefuseUnreadFields } from './fields/unread-fields';

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
  app.use(app.get(RouteTable, { strict: false }).router());
  app.use(refuseOddHeads(bounds));
  gate?.(app);
  app.use(refuseOtherMethods);
  app.use(sendPlainComments);
  app.use(endStreamsLightly);
  app.use(readBodies(bounds));
  app.useGlobalGuards(new RefuseUnreadFields());
  app.useGlobalPipes(createRequestValidation());
  app.useGlobalFilters(new FaultFilter());
  boundServer(app.getHttpServer() as Server, bounds, observed && observeDoor(...observed));
}
