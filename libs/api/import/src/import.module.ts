import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { Conversions } from './conversions';
import { IMPORT_OPTIONS, type ImportOptions } from './import-options';

/** Opened once, by the application, with `forRoot`; the room for local models uses it. */
@Module({})
export class ImportModule {
  static forRoot(options: Pick<FactoryProvider<ImportOptions>, 'inject' | 'useFactory'>): DynamicModule {
    return { module: ImportModule, global: true, providers: [{ provide: IMPORT_OPTIONS, ...options }, Conversions], exports: [Conversions] };
  }
}
