import { Module } from '@nestjs/common';
import { ApiDocument } from './api-document';
import { DocumentController } from './document.controller';

@Module({ controllers: [DocumentController], providers: [ApiDocument] })
export class OpenApiModule {}
