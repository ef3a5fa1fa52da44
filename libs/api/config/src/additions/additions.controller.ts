import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { AddedModelBody } from '@tandem/shared/contracts';
import type { Environment } from '../environment';
import { ENVIRONMENT } from '../tokens';
import { ADD_MODEL_SCHEMA, ADDED_SCHEMA } from './addition-schemas';
import { candidateEntry } from './candidate-entry';
import { ModelAdditions } from './model-additions';
import { AddModelDto } from './model-candidate.dto';

const EXAMPLE = { side: 'twodelta', entry: { name: 'Mine', endpoint: 'localhost:8000' } };

@ApiTags('configuration')
@Controller('api/config/models')
@Access('operator')
export class AdditionsController {
  constructor(
    private readonly additions: ModelAdditions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Post()
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Add a model to the configuration file',
    description:
      'Writes the file in one step and reads it again: the answer comes when the model is in force. Needs `ADMIN_TOKEN`; where the server has no token at all, a client on its own machine. What comes from the environment or from S3 is not written.',
    operationId: 'addModel',
  })
  @ApiBody({ schema: ADD_MODEL_SCHEMA, examples: { server: { value: EXAMPLE } } })
  @ApiResponse({ status: 201, description: 'It is in force', schema: ADDED_SCHEMA })
  @ApiFaults('conflict', 'disk_full')
  async add(@Body() { side, entry }: AddModelDto): Promise<AddedModelBody> {
    return { status: 'success', id: await this.additions.add(side, candidateEntry(entry, this.environment)) };
  }
}
