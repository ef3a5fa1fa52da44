import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CompletionModule } from '@tandem/api/completion';
import { StreamOpener } from './stream-opener';
import { StreamingController } from './streaming.controller';

@Module({ imports: [CatalogueModule, CompletionModule], controllers: [StreamingController], providers: [StreamOpener] })
export class StreamingModule {}
