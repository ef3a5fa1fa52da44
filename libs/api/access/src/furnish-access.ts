import type { NestExpressApplication } from '@nestjs/platform-express';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { AnswerQuota, Departures } from '@tandem/api/http';
import { AccessControl } from './access-control';
import { limitRequests, refuseBeyondQuota } from './client-limits';
import { refuseForeignPages } from './foreign-pages';
import { identify } from './identify';
import { requireKnownHost } from './known-hosts';
import { closeOnDeparture } from './open-answers';
import { requireAccess } from './require-access';

/** What a page of another origin may read of an answer. */
const EXPOSED = ['X-Request-Id', 'X-Stream-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy'];
const PREFLIGHT_SECONDS = 600;

/** Who may ask, from where, and how much. Comes before anything that reads a body. */
export function furnishAccess(app: NestExpressApplication): void {
  const { allowedHosts, corsOrigins, requestsPerMinute, streamsPerClient } = app.get<Environment>(ENVIRONMENT, { strict: false });
  const control = app.get(AccessControl, { strict: false });
  const quota = app.get(AnswerQuota, { strict: false });
  quota.limit = streamsPerClient;
  app.use(requireKnownHost(allowedHosts));
  if (corsOrigins.length > 0) app.enableCors({ origin: [...corsOrigins], exposedHeaders: EXPOSED, maxAge: PREFLIGHT_SECONDS });
  app.use(refuseForeignPages(corsOrigins));
  app.use(identify(control));
  if (requestsPerMinute > 0) app.use(limitRequests(requestsPerMinute));
  app.use(requireAccess(control.tokens));
  app.use(closeOnDeparture(app.get(Departures, { strict: false })));
  app.use(refuseBeyondQuota(quota));
}
