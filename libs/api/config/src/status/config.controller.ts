import { Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { ConfigStatusBody } from '@tandem/shared/contracts';
import { CONFIG_STATUS_SCHEMA } from './config-schemas';
import { ConfigStatus } from './config-status';

@ApiTags('configuration')
@Controller('api/config')
@Access('token')
export class ConfigController {
  constructor(private readonly status: ConfigStatus) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Where the configuration comes from, and what is wrong with it', operationId: 'configStatus' })
  @ApiResponse({ status: 200, description: 'The status, without secrets', schema: CONFIG_STATUS_SCHEMA })
  read(): Promise<ConfigStatusBody> {
    return this.status.read();
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
    return this.status.refresh();
  }
}
