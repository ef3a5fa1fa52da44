import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { freshBytes } from './fresh-bytes';

const NONCE_BYTES = 16;
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** What this answer's page gives its own styles and scripts; no other inline one counts. */
export function nonceOf(response: Response): string {
  return (response.locals['nonce'] ??= freshBytes(NONCE_BYTES).toString('base64')) as string;
}

const nonceSource = (_request: unknown, response: unknown): string => `'nonce-${nonceOf(response as Response)}'`;

const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'", nonceSource],
      'style-src': ["'self'", nonceSource],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'manifest-src': ["'self'"],
      'base-uri': ["'self'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
      // Angular's own; the sanitiser's, through which every answer goes before it is shown; and that of the page's workers
      'trusted-types': ['angular', 'dompurify', 'tandem'],
    },
  },
  // Subdomains are other people's; and over plain http a browser takes no notice of it.
  strictTransportSecurity: { maxAge: HSTS_SECONDS, includeSubDomains: false },
  // Over plain http, as on one's own machine's network, a browser complains about these instead of heeding them.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xFrameOptions: { action: 'deny' },
});

/** The security headers of every answer: only what comes with Tandem runs on its page, and nothing frames it. */
export function sendSecurityHeaders(request: Request, response: Response, next: NextFunction): void {
  headers(request, response, next);
}
