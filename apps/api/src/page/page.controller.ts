import { Controller, Get, Inject, Next, type OnModuleInit, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { Access, LogsAt, nonceOf, Page, UnknownFields } from '@tandem/api/http';
import compression from 'compression';
import express, { type NextFunction, type Request, type Response } from 'express';
import { createPage } from './page-html';
import { WEB_FILES, WEB_ROOT } from './web-files';

/** Where the page shows something. */
const ROUTES = ['', 'index.html', 'compare', 'chat', 'chat/:conversation', 'models'];
const HASHED = /-[\w-]{8}\.(?:js|css|woff2?|svg|png)$/;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Only of the page's own files: streams must never wait in a compressor. */
const compress = compression();

/** The page at its routes, and its files. Nothing in them is secret. */
@ApiExcludeController()
@Controller()
@Access('public')
@UnknownFields('ignored')
@LogsAt('debug')
export class PageController implements OnModuleInit {
  private render: (nonce: string) => string = () => '';
  private readonly files = express.static(WEB_ROOT, { index: false, redirect: false, setHeaders: setCaching });

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  onModuleInit(): void {
    this.render = createPage(this.environment.basePath);
  }

  @Get(ROUTES)
  @Page()
  page(@Req() request: Request, @Res() response: Response): void {
    compress(request, response, () => {
      markAsFile(response);
      // kept nowhere: the nonce in it is good for this answer only
      response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(this.render(nonceOf(response)));
    });
  }

  @Get([...WEB_FILES])
  file(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): void {
    compress(request, response, () => {
      markAsFile(response);
      this.files(request, response, next);
    });
  }
}

/** What it is counted as: file names change with every version. */
function markAsFile(response: Response): void {
  response.locals['route'] = 'file';
}

/** Files whose name holds a hash of their content never change; everything else is asked for anew. */
function setCaching(response: Response, path: string): void {
  response.setHeader('Cache-Control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}
