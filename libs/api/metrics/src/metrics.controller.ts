import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access, CountsAs, LogsAt, UnknownFields } from '@tandem/api/http';
import { Registry } from 'prom-client';

const EXAMPLE = `# HELP tandem_answers_active Answers that are being made
# TYPE tandem_answers_active gauge
tandem_answers_active 2
`;

@ApiTags('health')
@Controller('metrics')
@Access('token')
@UnknownFields('ignored')
@CountsAs('nothing')
@LogsAt('debug')
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What Prometheus scrapes', operationId: 'metrics' })
  @ApiProduces('text/plain')
  @ApiResponse({
    status: 200,
    description: 'Metrics in the Prometheus text format',
    content: { 'text/plain': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  read(): Promise<string> {
    return this.registry.metrics();
  }
}
