import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nonceOf } from '@tandem/api/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';

/** The built web app, beside this bundle. */
const WEB_ROOT = fileURLToPath(new URL('../web/browser', import.meta.url));

/** Where the page shows something; every other address is a file of it or the API's, whose 404 is JSON. */
const ROUTES = ['/', '/index.html', '/compare', '/chat', '/chat/:conversation', '/models'];

/** Only these are looked for on the disk: an API call must not wait for it. */
const FILE = /^\/(?:media\/)?[\w.-]+\.\w+$/;
const HASHED = /-[\w-]{8}\.(?:js|css|woff2?|svg|png)$/;
/** Stands in the page where each answer's own nonce comes. */
const NONCE = '{{nonce}}';
const ROOT_BASE = '<base href="/"';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Serves the page at its routes, and its files. The page finds all of them, and the API, from its base. */
export function servePage(app: NestExpressApplication, basePath: string): void {
  const render = pageWithNonce(pageAt(basePath, withHeadInline(readWebFile('index.html'))));
  app.use(compressFiles);
  const server = app.getHttpAdapter().getInstance() as Express;
  server.get(ROUTES, (_request, response) => {
    response.locals['route'] = 'file';
    // kept nowhere: the nonce in it is good for this answer only
    response.set('Cache-Control', 'no-store').type('html').send(render(nonceOf(response)));
  });
  const files = express.static(WEB_ROOT, { index: false, redirect: false, setHeaders: setCaching });
  app.use((request: Request, response: Response, next: NextFunction) => (FILE.test(request.path) ? files(request, response, next) : next()));
}

function readWebFile(name: string): string {
  return readFileSync(join(WEB_ROOT, name), 'utf8');
}

/**
 * The page with its styles and its theme's script in it: what the first paint needs comes with the first answer.
 */
function withHeadInline(html: string): string {
  const [link, sheet] = /<link rel="stylesheet" href="([\w.-]+\.css)">/.exec(html) ?? [];
  const [script, theme] = /<script src="(theme\.js)"><\/script>/.exec(html) ?? [];
  if (!link || !sheet || !script || !theme) throw new Error('index.html has no styles or no theme');
  return html
    .replace(script, () => `<script nonce="${NONCE}">${readWebFile(theme)}</script>`)
    .replace(link, () => `<style nonce="${NONCE}">${readWebFile(sheet)}</style>`);
}

function pageAt(basePath: string, html: string): string {
  if (!html.includes(ROOT_BASE)) throw new Error('index.html has no base');
  return html.replace(ROOT_BASE, `<base href="${basePath}/"`);
}

/** Angular gives the nonce to the styles of its components, without which the browser would refuse them. */
function pageWithNonce(html: string): (nonce: string) => string {
  const pieces = html.replace('<tandem-root>', `<tandem-root ngCspNonce="${NONCE}">`).split(NONCE);
  return (nonce) => pieces.join(nonce);
}

/** Files whose name holds a hash of their content never change; everything else is asked for anew. */
function setCaching(response: ServerResponse, path: string): void {
  (response as Response).locals['route'] = 'file';
  response.setHeader('Cache-Control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}

/** Compresses the page's own files. What the API answers is left as it is: streams must never wait in a compressor. */
const compressFiles = compression({
  filter: (request, response) => /\.(?:js|css|svg|html)$|^\/$/.test(request.path) && compression.filter(request, response),
});
