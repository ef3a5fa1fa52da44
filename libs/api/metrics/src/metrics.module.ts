import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CompletionModule } from '@tandem/api/completion';
import { MODEL_HEALTH } from '@tandem/api/health';
import { Registry } from 'prom-client';
import { AnswerMetrics } from './answer-metrics';
import { ConfigMetrics } from './config-metrics';
import { EngineMetrics } from './engine-metrics';
import { HealthMetrics } from './health-metrics';
import { MetricsController } from './metrics.controller';
import { ProcessMetrics } from './process-metrics';
import { RequestMetrics } from './request-metrics';

@Module({
  imports: [CatalogueModule, CompletionModule, MODEL_HEALTH],
  controllers: [MetricsController],
  providers: [
    // one per application: what several in one process count stays apart
    { provide: Registry, useFactory: () => new Registry() },
    AnswerMetrics,
    ConfigMetrics,
    EngineMetrics,
    HealthMetrics,
    ProcessMetrics,
    RequestMetrics,
  ],
})
export class MetricsModule {}
