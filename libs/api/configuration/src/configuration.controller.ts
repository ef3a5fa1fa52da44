import { Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access, ApiFaults } from '@tandem/api/platform';
import type { ConfigStatusBody } from '@tandem/shared/contracts';
import { CONFIG_STATUS_SCHEMA } from './configuration-schemas';
import { ConfigurationStatus } from './configuration-status';

@ApiTags('configuration')
@Controller('api/config')
@Access('token')
export class ConfigurationController {
  constructor(private readonly configuration: ConfigurationStatus) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Where the configuration comes from, and what is wrong with it', operationId: 'configStatus' })
  @ApiResponse({ status: 200, description: 'The status, without secrets', schema: CONFIG_STATUS_SCHEMA })
  status(): Promise<ConfigStatusBody> {
    return this.configuration.read();
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('admin')
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Read the configuration again, now',
    description: 'What cannot be used changes nothing and stands in `last_error`. Needs `ADMIN_TOKEN` as a bearer token where that is set.',
    operationId: 'refreshConfig',
  })
  @ApiResponse({ status: 200, description: 'The status after it', schema: CONFIG_STATUS_SCHEMA })
  @ApiFaults('unauthorized')
  refresh(): Promise<ConfigStatusBody> {
    return this.configuration.refresh();
  }
}
