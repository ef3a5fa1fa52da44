export { cursorAfter, idInCursor, pageOf } from './cursor';
export { Ids, isId, madeAtMs } from './ids';
export { PostgresEngine } from './postgres/postgres-engine';
export { SqliteEngine } from './sqlite/sqlite-engine';
export { requireStorable } from './storable';
export { Store, type StoreStatus } from './store';
export type { StoreEngine } from './store-engine';
export { engineFor, StoreModule } from './store.module';
export { migrationsOf, type StoreMigration, type StoreSchema, type StoreTable } from './store-schema';
