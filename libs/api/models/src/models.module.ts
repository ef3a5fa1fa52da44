import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { ChatController } from './chat.controller';
import { CheckpointEvents } from './checkpoint-events';
import { CheckpointsController } from './checkpoints.controller';
import { LocalModelsController } from './local-models.controller';
import { ModelsController } from './models.controller';

@Module({
  imports: [CatalogueModule],
  controllers: [LocalModelsController, ModelsController, CheckpointsController, ChatController],
  providers: [CheckpointEvents],
})
export class ModelsModule {}
