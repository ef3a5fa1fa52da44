import { type ScoringTask } from '../scoring/scoring-task';
import { type SideInView } from './answer-to-score';

/** A command for a shell that gives a figure again. */
export function sayRequest(task: ScoringTask, address: string, alternatives: number): string {
  const body = JSON.stringify({ ...task, top_logprobs: alternatives });
  return `curl -sS ${quote(address)} -H 'Content-Type: application/json' -d ${quote(body)}`;
}

/** One that gives the checksums of the weights that lie on the server's machine; empty where none do. */
export function sayChecksums(sides: readonly SideInView[]): string {
  const paths = sides.flatMap(({ option }) => option?.checkpoint?.path ?? []);
  return paths.length === 0 ? '' : `sha256sum ${[...new Set(paths)].map(quote).join(' ')}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
