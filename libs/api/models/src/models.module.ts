import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { InferenceModule } from '@tandem/api/inference';
import { ModelsController } from './models.controller';

@Module({ imports: [CatalogueModule, InferenceModule], controllers: [ModelsController] })
export class ModelsModule {}
