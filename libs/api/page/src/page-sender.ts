import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { nonceOf } from '@tandem/api/http';
import compression from 'compression';
import type { Request, Response } from 'express';
import { createPage, type Page, type Room } from './page-html';
import { WebFiles } from './web-files';

/** Only of the page: streams must never wait in a compressor. */
const compress = compression();

/** Answers with the page, whatever the address: what it shows there, it decides itself. */
@Injectable()
export class PageSender implements OnModuleInit {
  private render: Page = () => '';

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly files: WebFiles,
  ) {}

  onModuleInit(): void {
    this.render = createPage(this.environment.basePath, this.files);
  }

  /** @param room what it will show: it is fetched along with the page */
  send(request: Request, response: Response, room: Room): void {
    compress(request, response, () => {
      response.locals['route'] = 'file';
      // kept nowhere: the nonce in it is good for this answer only
      response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(this.render(room, nonceOf(response)));
    });
  }
}
