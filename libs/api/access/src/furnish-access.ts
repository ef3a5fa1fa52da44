import type { NestExpressApplication } from '@nestjs/platform-express';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { AccessTokens } from './access-tokens';
import { limitGuesses, limitRequests, limitStreams } from './client-limits';
import { requireToken } from './require-token';

/** What a page of another origin may read of an answer. */
const EXPOSED = ['X-Request-Id', 'X-Stream-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy'];
const PREFLIGHT_SECONDS = 600;

/** Who may ask, from where, and how much. Comes before anything that reads a body. */
export function furnishAccess(app: NestExpressApplication): void {
  const { corsOrigins, requestsPerMinute, streamsPerClient } = app.get<Environment>(ENVIRONMENT, { strict: false });
  const tokens = app.get(AccessTokens, { strict: false });
  if (corsOrigins.length > 0) app.enableCors({ origin: [...corsOrigins], exposedHeaders: EXPOSED, maxAge: PREFLIGHT_SECONDS });
  if (requestsPerMinute > 0) app.use(limitRequests(requestsPerMinute));
  if (tokens.areNeeded) app.use(limitGuesses(tokens));
  app.use(requireToken(tokens));
  if (streamsPerClient > 0) app.use(limitStreams(streamsPerClient));
}
