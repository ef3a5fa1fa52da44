import { Controller, Get, Header, type MessageEvent, Query, Sse } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access, Readiness } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { HealthListBody, HealthReport } from '@tandem/shared/contracts';
import type { Observable } from 'rxjs';
import { HealthMonitor } from './health-monitor';
import { HealthQueryDto } from './health-query.dto';
import { HEALTH_LIST_SCHEMA, HEALTH_REPORT_SCHEMA, HEALTH_STREAM } from './health-schemas';
import { healthEvents } from './health-events';

@ApiTags('health')
@Controller()
@Access('token')
export class HealthController {
  constructor(
    private readonly monitor: HealthMonitor,
    private readonly readiness: Readiness,
  ) {}

  @Get('health-check')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Check one model now', operationId: 'checkHealth' })
  @ApiResponse({
    status: 200,
    description: 'What was found, also when the model is not healthy',
    schema: HEALTH_REPORT_SCHEMA,
  })
  @ApiFaults('model_not_found')
  check(@Query() { model }: HealthQueryDto): Promise<HealthReport> {
    return this.monitor.checkNow(model);
  }

  @Get('api/health')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The last known state of all models, at once', operationId: 'listHealth' })
  @ApiResponse({ status: 200, description: 'The reports', schema: HEALTH_LIST_SCHEMA })
  async list(): Promise<HealthListBody> {
    const models = await this.monitor.lastKnown();
    return { status: 'success', models, count: models.length };
  }

  @Sse('api/health/stream')
  @ApiOperation({ summary: 'The state of all models, and every change of it', operationId: 'streamHealth' })
  @ApiResponse(HEALTH_STREAM)
  @ApiFaults('server_restarting')
  stream(): Observable<MessageEvent> {
    return this.readiness.untilDraining(healthEvents(this.monitor));
  }
}
