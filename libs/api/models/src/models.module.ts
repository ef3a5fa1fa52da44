import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { ModelsController } from './models.controller';

@Module({ imports: [CatalogueModule], controllers: [ModelsController] })
export class ModelsModule {}
