import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Fault } from '@tandem/api/faults';
import { Access, CountsAs, LogsAt, Readiness, UnknownFields } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import { ALIVE_SCHEMA } from './health-schemas';

/** For orchestrators: says how this process is, never how a model is. */
@ApiTags('health')
@Controller()
@Access('public')
@UnknownFields('ignored')
@CountsAs('nothing')
@LogsAt('debug')
export class LivenessController {
  constructor(private readonly readiness: Readiness) {}

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process is alive', operationId: 'isAlive' })
  @ApiResponse({ status: 200, description: 'It is', schema: ALIVE_SCHEMA })
  alive(): { status: 'success' } {
    return { status: 'success' };
  }

  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether new requests are taken', operationId: 'isReady' })
  @ApiResponse({ status: 200, description: 'They are', schema: ALIVE_SCHEMA })
  @ApiFaults('server_restarting', 'no_config')
  ready(): { status: 'success' } {
    if (this.readiness.isLeaving) {
      throw new Fault('server_restarting', 'Tandem is shutting down: send requests elsewhere, or again in a moment.', {
        retryable: true,
      });
    }
    if (this.readiness.missingConfig !== null) throw new Fault('no_config', this.readiness.missingConfig, { retryable: true });
    return { status: 'success' };
  }
}
