import { Injectable } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApiDocument } from './create-api-document';

/** The API's description, put together when it is first asked for. */
@Injectable()
export class ApiDocument {
  private create: () => object = () => ({});
  private made: string | undefined;

  /** The document as JSON. */
  get json(): string {
    return (this.made ??= JSON.stringify(this.create()));
  }

  describe(app: NestExpressApplication, basePath: string): void {
    this.create = () => createApiDocument(app, basePath);
  }
}
