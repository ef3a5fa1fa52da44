import { Controller, Get, Inject, type OnModuleInit, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { Access, LogsAt, nonceOf, Page, UnknownFields } from '@tandem/api/http';
import compression from 'compression';
import type { Request, Response } from 'express';
import { createPage } from './page-html';
import { WebFiles } from './web-files';

/** Where the page shows something. */
const ROUTES = ['', 'index.html', 'compare', 'chat', 'chat/:conversation', 'models'];
/** Only of the page: streams must never wait in a compressor. */
const compress = compression();

/** The page at its routes. Nothing in it is secret. */
@ApiExcludeController()
@Controller()
@Access('public')
@UnknownFields('ignored')
@LogsAt('debug')
export class PageController implements OnModuleInit {
  private render: (nonce: string) => string = () => '';

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly files: WebFiles,
  ) {}

  onModuleInit(): void {
    this.render = createPage(this.environment.basePath, this.files);
  }

  @Get(ROUTES)
  @Page()
  page(@Req() request: Request, @Res() response: Response): void {
    compress(request, response, () => {
      response.locals['route'] = 'file';
      // kept nowhere: the nonce in it is good for this answer only
      response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(this.render(nonceOf(response)));
    });
  }
}
