import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ModelCards } from '@tandem/api/catalogue';
import { Access } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { ModelBody, ModelListBody } from '@tandem/shared/contracts';
import { nameFrom } from './name-from';
import { MODEL_LIST_SCHEMA, MODEL_SCHEMA } from './schemas';

@ApiTags('models')
@Controller('api')
@Access('token')
export class ModelsController {
  constructor(private readonly cards: ModelCards) {}

  @Get('models')
  @ApiOperation({ summary: 'All models: configured ones and local checkpoints', operationId: 'listModels' })
  @ApiResponse({ status: 200, description: 'The models', schema: MODEL_LIST_SCHEMA })
  async list(): Promise<ModelListBody> {
    const models = await this.cards.list();
    return { status: 'success', models, count: models.length };
  }

  @Get('models/*id')
  @ApiOperation({ summary: 'One model', description: 'The id may hold slashes, raw or percent-encoded.', operationId: 'getModel' })
  @ApiParam({ name: 'id', type: String, description: 'Id, name or endpoint of the model', example: 'tandem-tiny-base' })
  @ApiResponse({ status: 200, description: 'The model', schema: MODEL_SCHEMA })
  @ApiFaults('model_not_found')
  async get(@Param('id') id: string | string[]): Promise<ModelBody> {
    return { status: 'success', model: await this.cards.find(nameFrom(id), 'id') };
  }
}
