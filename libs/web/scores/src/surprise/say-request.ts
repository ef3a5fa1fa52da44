import { type ScoringTask } from '../scoring/scoring-task';

/** A command for a shell that gives a figure again. */
export function sayRequest(task: ScoringTask, address: string, alternatives: number): string {
  const body = JSON.stringify({ ...task, top_logprobs: alternatives }).replaceAll("'", String.raw`'\''`);
  return `curl -sS '${address}' -H 'Content-Type: application/json' -d '${body}'`;
}
