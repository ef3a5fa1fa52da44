import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { CheckpointStates } from './checkpoint-states';
import { CheckpointsFolder } from './checkpoints-folder';
import { ConvertedCheckpoints } from './converted-checkpoints';
import { EngineHost } from './engine-host';
import { IdleUnloader } from './idle-unloader';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { Inspections } from './inspections';
import { LocalRuntime } from './local-runtime';
import { MemoryPolicy } from './memory-policy';
import { WeightsChecksums } from './weights-checksums';

/** Opened once, by the application, with `forRoot`; everyone else imports it as it is. */
@Module({})
export class InferenceModule {
  static forRoot(options: Pick<FactoryProvider<InferenceOptions>, 'inject' | 'useFactory'>): DynamicModule {
    return {
      module: InferenceModule,
      global: true,
      providers: [
        { provide: INFERENCE_OPTIONS, ...options },
        EngineHost,
        Inspections,
        ConvertedCheckpoints,
        CheckpointStates,
        CheckpointsFolder,
        MemoryPolicy,
        IdleUnloader,
        LocalRuntime,
        WeightsChecksums,
      ],
      exports: [CheckpointsFolder, CheckpointStates, LocalRuntime, EngineHost, WeightsChecksums],
    };
  }
}
