import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccessModule } from '@tandem/api/access';
import { Catalogue, CatalogueModule } from '@tandem/api/catalogue';
import { ComparisonsModule, KeptVotes } from '@tandem/api/comparisons';
import { ConfigModule, ConfigStatusModule, ENVIRONMENT, type Environment, LocalModels } from '@tandem/api/config';
import { EvaluationsModule, PairVotes } from '@tandem/api/evaluations';
import { CandidateModule, MODEL_HEALTH } from '@tandem/api/health';
import { HttpModule } from '@tandem/api/http';
import { ImportModule } from '@tandem/api/import';
import { InferenceModule } from '@tandem/api/inference';
import { MetricsModule } from '@tandem/api/metrics';
import { ModelsModule } from '@tandem/api/models';
import { OpenAiModule } from '@tandem/api/openai';
import { OpenApiModule } from '@tandem/api/openapi';
import { PageModule } from '@tandem/api/page';
import { ScoringModule } from '@tandem/api/scoring';
import { StoreModule } from '@tandem/api/store';
import { StreamingModule } from '@tandem/api/streaming';
import { KEPT } from './kept';

/** The built page and the bundles of the other processes, beside this one. */
const WEB_ROOT = fileURLToPath(new URL('../web/browser', import.meta.url));
const ENGINE_ENTRY = fileURLToPath(new URL('../engine/main.js', import.meta.url));
const STORE_WORKER = new URL('./sqlite.worker.js', import.meta.url);
const SHIPPED_SETS = new URL('./prompt-sets/', import.meta.url);
const CONVERTER_ENTRY = fileURLToPath(new URL('../converter/main.js', import.meta.url));

const imports = ImportModule.forRoot({
  inject: [ENVIRONMENT],
  useFactory: ({ checkpointsDir, convertedDir, importType }: Environment) => ({
    checkpointsDir,
    type: importType,
    converterEntry: CONVERTER_ENTRY,
    ...(convertedDir === undefined ? {} : { convertedDir }),
  }),
});

const inference = InferenceModule.forRoot({
  inject: [ENVIRONMENT],
  useFactory: ({ checkpointsDir, convertedDir, inferenceThreads, inferenceUsesGpu, inferenceMemoryMb, modelIdleUnloadMinutes }: Environment) => ({
    checkpointsDir,
    ...(convertedDir === undefined ? {} : { convertedDir }),
    threads: inferenceThreads,
    usesGpu: inferenceUsesGpu,
    engineEntry: ENGINE_ENTRY,
    idleUnloadMinutes: modelIdleUnloadMinutes,
    ...(inferenceMemoryMb === undefined ? {} : { memoryBytes: inferenceMemoryMb * 1024 * 1024 }),
  }),
});

const evaluations = EvaluationsModule.forRoot({
  shippedFolder: SHIPPED_SETS,
  imports: [ComparisonsModule],
  pairVotes: {
    provide: PairVotes,
    useFactory: (votes: KeptVotes): PairVotes => ({ on: (baseline, derivative) => votes.summary(baseline, derivative, undefined) }),
    inject: [KeptVotes],
  },
});

const configStatus = ConfigStatusModule.over({
  imports: [CatalogueModule],
  providers: [{ provide: LocalModels, useFactory: (catalogue: Catalogue): LocalModels => ({ count: () => catalogue.countLocal() }), inject: [Catalogue] }],
});

@Module({
  imports: [
    ScheduleModule.forRoot(),
    HttpModule,
    AccessModule,
    ConfigModule,
    configStatus,
    StoreModule.forRoot({ schemas: KEPT, workerEntry: STORE_WORKER }),
    imports,
    inference,
    ModelsModule,
    StreamingModule,
    OpenAiModule,
    ScoringModule,
    ComparisonsModule,
    evaluations,
    MODEL_HEALTH,
    CandidateModule,
    OpenApiModule,
    MetricsModule,
    PageModule.of(WEB_ROOT),
  ],
})
export class AppModule {}
