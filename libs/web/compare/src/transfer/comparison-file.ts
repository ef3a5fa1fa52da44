import { type ComparisonRecord } from '../history/comparison-record';

/** What an exported comparison holds. Times are milliseconds since 1970; lists go from the left side to the right one. */
export interface ComparisonFile extends Omit<ComparisonRecord, 'revision'> {
  readonly format: 'tandem-comparison';
  readonly version: 1;
}

export function toComparisonFile({ revision: _, ...record }: ComparisonRecord): ComparisonFile {
  return { format: 'tandem-comparison', version: 1, ...record };
}
