import { type DynamicModule, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { PostgresDatabase } from './postgres/postgres-database';
import { SqliteDatabase } from './sqlite/sqlite-database';
import { Store } from './store';
import { StoreController } from './store.controller';
import type { Database } from './database';
import type { StoreSchema } from './store-schema';
import { StoreContents } from './whole/store-contents';
import { Retention } from './whole/retention';

export interface StoreModuleOptions {
  /** Of every room that keeps something. */
  readonly schemas: readonly StoreSchema[];
  /** The built `sqlite.worker`. */
  readonly workerEntry: URL;
}

/** The database that the environment names. */
export function databaseFor({ databaseUrl, dataDir }: Pick<Environment, 'databaseUrl' | 'dataDir'>, workerEntry: URL): Database {
  return databaseUrl === undefined ? new SqliteDatabase(dataDir, workerEntry) : new PostgresDatabase(databaseUrl);
}

@Module({})
export class StoreModule {
  static forRoot({ schemas, workerEntry }: StoreModuleOptions): DynamicModule {
    const store = {
      provide: Store,
      useFactory: (environment: Environment) => new Store(databaseFor(environment, workerEntry), schemas),
      inject: [ENVIRONMENT],
    };
    return { module: StoreModule, global: true, controllers: [StoreController], providers: [store, StoreContents, Retention], exports: [Store] };
  }
}
