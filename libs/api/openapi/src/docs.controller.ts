import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Controller, Get, Next, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Access, Page, UnknownFields } from '@tandem/api/http';
import express, { type NextFunction, type Request, type Response } from 'express';

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

const files = express.static(UI_ROOT, { index: false, redirect: false, maxAge: '1h' });

/** Swagger UI, under the page's own security policy: nothing of it is inline. */
@ApiExcludeController()
@Controller('api/docs')
@Access('token')
@UnknownFields('ignored')
export class DocsController {
  @Get()
  @Page()
  page(@Req() request: Request, @Res() response: Response): void {
    if (request.path.endsWith('/')) response.redirect(308, '../docs');
    else
      response
        .set({ 'Cache-Control': 'no-cache', ...policyOf(response) })
        .type('html')
        .send(PAGE);
  }

  @Get('start.js')
  start(@Res() response: Response): void {
    response.type('js').send(START);
  }

  @Get(FILES)
  file(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): void {
    request.url = request.path.slice(request.path.lastIndexOf('/'));
    files(request, response, next);
  }
}

/** The policy of every page, which names this page's own ways to markup in place of the others'. */
function policyOf(response: Response): Record<string, string> {
  const policy = response.get('Content-Security-Policy');
  return policy === undefined ? {} : { 'Content-Security-Policy': policy.replace(/trusted-types [^;]+/, 'trusted-types default dompurify') };
}
