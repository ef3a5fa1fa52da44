import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express, type Response } from 'express';

/** Swagger UI comes with Nest's package for it. */
const require = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
const UI_ROOT = dirname(require.resolve('swagger-ui-dist/package.json'));

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** All addresses are relative, since a proxy may serve this under another path. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tandem API</title>
    <link rel="icon" href="docs/favicon-32x32.png">
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/**
 * React writes icons as markup, and so does the UI its descriptions, which its own sanitiser has been through. Nothing else
 * may become markup, and nothing at all a script.
 */
const START = `globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (markup) => (/<script|\\son\\w+\\s*=|javascript:/i.test(markup) ? null : markup),
});
SwaggerUIBundle({ url: 'openapi.json', dom_id: '#api', deepLinking: true, displayRequestDuration: true });
`;

/** Swagger UI at `/api/docs`, under the page's own security policy: nothing of it is inline. */
export function serveDocs(app: NestExpressApplication): void {
  const server = app.getHttpAdapter().getInstance() as Express;
  const files = express.static(UI_ROOT, { index: false, redirect: false, maxAge: '1h' });
  server.get('/api/docs', (request, response) => {
    if (request.path.endsWith('/')) response.redirect(308, '../docs');
    else response.set({ 'Cache-Control': 'no-cache', ...policyOf(response) }).type('html').send(PAGE);
  });
  server.get('/api/docs/start.js', (_request, response) => void response.type('js').send(START));
  server.use('/api/docs', (request, response, next) => (FILES.includes(request.path.slice(1)) ? files(request, response, next) : next()));
}

/** The policy of every page, which names this page's own ways to markup in place of the others'. */
function policyOf(response: Response): Record<string, string> {
  const policy = response.get('Content-Security-Policy');
  return policy === undefined ? {} : { 'Content-Security-Policy': policy.replace(/trusted-types [^;]+/, 'trusted-types default dompurify') };
}
