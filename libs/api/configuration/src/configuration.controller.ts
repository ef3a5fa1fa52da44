import { Controller, Get, Header, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { ApiFaults } from '@tandem/api/platform';
import type { ConfigStatusBody } from '@tandem/shared/contracts';
import { checkAdmin } from './check-admin';
import { CONFIG_STATUS_SCHEMA } from './configuration-schemas';
import { ConfigurationStatus } from './configuration-status';

@ApiTags('configuration')
@Controller('api/config')
export class ConfigurationController {
  constructor(
    private readonly configuration: ConfigurationStatus,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Where the configuration comes from, and what is wrong with it', operationId: 'configStatus' })
  @ApiResponse({ status: 200, description: 'The status, without secrets', schema: CONFIG_STATUS_SCHEMA })
  status(): Promise<ConfigStatusBody> {
    return this.configuration.read();
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Read the configuration again, now',
    description: 'What cannot be used changes nothing and stands in `last_error`. Needs `ADMIN_TOKEN` as a bearer token where that is set.',
    operationId: 'refreshConfig',
  })
  @ApiResponse({ status: 200, description: 'The status after it', schema: CONFIG_STATUS_SCHEMA })
  @ApiFaults('unauthorized')
  refresh(@Headers('authorization') authorization: string | undefined): Promise<ConfigStatusBody> {
    checkAdmin(authorization, this.environment.adminToken);
    return this.configuration.refresh();
  }
}
