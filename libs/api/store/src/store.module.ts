import { type DynamicModule, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { PostgresEngine } from './postgres/postgres-engine';
import { SqliteEngine } from './sqlite/sqlite-engine';
import { Store } from './store';
import { StoreController } from './store.controller';
import type { StoreEngine } from './store-engine';
import type { StoreSchema } from './store-schema';
import { Everything } from './whole/everything';
import { Retention } from './whole/retention';

export interface StoreModuleOptions {
  /** Of every room that keeps something. */
  readonly schemas: readonly StoreSchema[];
  /** The built `sqlite.worker`. */
  readonly workerEntry: URL;
}

/** The database that the environment names. */
export function engineFor({ databaseUrl, dataDir }: Pick<Environment, 'databaseUrl' | 'dataDir'>, workerEntry: URL): StoreEngine {
  return databaseUrl === undefined ? new SqliteEngine(dataDir, workerEntry) : new PostgresEngine(databaseUrl);
}

@Module({})
export class StoreModule {
  static forRoot({ schemas, workerEntry }: StoreModuleOptions): DynamicModule {
    const store = { provide: Store, useFactory: (environment: Environment) => new Store(engineFor(environment, workerEntry), schemas), inject: [ENVIRONMENT] };
    return { module: StoreModule, global: true, controllers: [StoreController], providers: [store, Everything, Retention], exports: [Store] };
  }
}
