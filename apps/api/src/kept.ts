import { EVALUATIONS_SCHEMA } from '@tandem/api/evaluations';
import type { StoreSchema } from '@tandem/api/store';

/** What every room keeps. */
export const KEPT: readonly StoreSchema[] = [EVALUATIONS_SCHEMA];
