import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CompletionModule } from '@tandem/api/completion';
import { AnswerOpener } from './answer-opener';
import { Tokenizer } from './tokenizer';
import { TokenizerController } from './tokenizer.controller';
import { OpenAiController } from './openai.controller';

@Module({ imports: [CatalogueModule, CompletionModule], controllers: [TokenizerController, OpenAiController], providers: [AnswerOpener, Tokenizer] })
export class OpenAiModule {}
