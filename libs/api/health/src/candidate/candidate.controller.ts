import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CANDIDATE_SCHEMA, candidateEntry, ENVIRONMENT, type Environment, ModelCandidateDto } from '@tandem/api/config';
import { Access } from '@tandem/api/http';
import type { ModelTestBody } from '@tandem/shared/contracts';
import { MODEL_TEST_SCHEMA } from '../health-schemas';
import { CandidateCheck } from './candidate-check';

const EXAMPLE = { entry: { name: 'Mine', endpoint: 'localhost:8000' } };

@ApiTags('configuration')
@Controller('api/config/models/test')
@Access('operator')
export class CandidateController {
  constructor(
    private readonly check: CandidateCheck,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Look at a model before it is added',
    description:
      'Asks its server what a check of a configured model asks, with the key that it would be asked with; nothing is generated, changed or kept. The address must be one that a configuration may hold. Needs `ADMIN_TOKEN`; where the server has no token at all, a client on its own machine.',
    operationId: 'testModel',
  })
  @ApiBody({ schema: CANDIDATE_SCHEMA, examples: { server: { value: EXAMPLE } } })
  @ApiResponse({ status: 200, description: 'What was found, also where that is nothing good', schema: MODEL_TEST_SCHEMA })
  test(@Body() { entry }: ModelCandidateDto): Promise<ModelTestBody> {
    return this.check.test(candidateEntry(entry, this.environment));
  }
}
