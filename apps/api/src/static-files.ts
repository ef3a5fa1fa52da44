import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ServeStaticModule } from '@nestjs/serve-static';
import compression from 'compression';

/** The built web app, beside this bundle. */
const WEB_ROOT = fileURLToPath(new URL('../web/browser', import.meta.url));

const HASHED = /-[A-Z0-9]{8}\.(?:js|css|woff2?|svg|png)$/;

/** Files whose name holds a hash of their content never change; everything else is asked for anew. */
function setCaching(response: ServerResponse, path: string): void {
  (response as ServerResponse & { locals: { route?: string } }).locals.route = 'file';
  response.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** Serves the web app at `/` and at its own routes; every other address is left to the API, and its 404 is JSON. */
export const staticFiles = ServeStaticModule.forRoot({
  rootPath: WEB_ROOT,
  renderPath: '/{*path}',
  exclude: /^\/(?!$|compare$|chat(?:\/[\w-]+)?$|models$|index\.html$)/,
  serveStaticOptions: { setHeaders: setCaching, fallthrough: true },
});

/** Compresses the page's own files. What the API answers is left as it is: streams must never wait in a compressor. */
export const compressFiles = compression({
  filter: (request, response) => /\.(?:js|css|svg|html)$|^\/$/.test(request.path) && compression.filter(request, response),
});
