import { COMPARISON_SCHEMA } from '@tandem/api/comparisons';
import { EVALUATIONS_SCHEMA } from '@tandem/api/evaluations';
import type { StoreSchema } from '@tandem/api/store';

/** What every room keeps; what rows refer to stands before them. */
export const KEPT: readonly StoreSchema[] = [COMPARISON_SCHEMA, EVALUATIONS_SCHEMA];
