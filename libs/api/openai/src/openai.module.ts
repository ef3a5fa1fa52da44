import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CompletionModule } from '@tandem/api/completion';
import { AnswerOpener } from './answer-opener';
import { OpenAiController } from './openai.controller';

@Module({ imports: [CatalogueModule, CompletionModule], controllers: [OpenAiController], providers: [AnswerOpener] })
export class OpenAiModule {}
