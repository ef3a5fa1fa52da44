import { meanOf, sumOf } from './sum';

/**
 * The standard error of the mean over all values, in their unit. What belongs together, such as the tokens of one text, is
 * one cluster: its values are correlated, and are not taken for as many findings (Miller 2024, arXiv 2411.00640). One value a
 * cluster gives the usual error. Null of fewer than two clusters, which tell nothing of how clusters differ.
 */
export function standardErrorOf(clusters: readonly (readonly number[])[]): number | null {
  const filled = clusters.filter(({ length }) => length > 0);
  if (filled.length < 2) return null;
  const values = filled.flat();
  const mean = meanOf(values);
  const squares = sumOf(filled.map((cluster) => sumOf(cluster.map((value) => value - mean)) ** 2));
  return Math.sqrt((squares * filled.length) / (filled.length - 1)) / values.length;
}
