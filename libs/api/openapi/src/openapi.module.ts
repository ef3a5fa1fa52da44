import { Module } from '@nestjs/common';
import { ApiDocument } from './api-document';
import { DocsController } from './docs.controller';
import { DocumentController } from './document.controller';

@Module({ controllers: [DocumentController, DocsController], providers: [ApiDocument] })
export class OpenApiModule {}
