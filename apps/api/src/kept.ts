import type { StoreSchema } from '@tandem/api/store';

/** What every room keeps. */
export const KEPT: readonly StoreSchema[] = [];
