import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { ChatController } from './chat.controller';
import { CheckpointsController } from './checkpoints.controller';
import { LocalModelsController } from './local-models.controller';
import { ModelsController } from './models.controller';

@Module({ imports: [CatalogueModule], controllers: [LocalModelsController, ModelsController, CheckpointsController, ChatController] })
export class ModelsModule {}
