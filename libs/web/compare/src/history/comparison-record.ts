import { fold } from '@tandem/web/history/records';
import { type KeptComparison } from '../keeping/turn-storage';
import { type AskSettings } from '../settings/settings';

/** What the list shows of a comparison. Times are milliseconds since 1970; lists go from the left side to the right one. */
export interface ComparisonSummary {
  readonly id: string;
  readonly title: string;
  /** Whether a person named it; else the first prompt does. */
  readonly isNamed: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Titles of the models, as they were then. */
  readonly modelTitles: readonly string[];
  /** All prompts, to be found by. */
  readonly prompts: string;
}

/** A comparison as the browser keeps it. */
export interface ComparisonRecord extends ComparisonSummary, KeptComparison {
  /** Ids of the models. */
  readonly models: readonly (string | null)[];
  readonly settings: readonly AskSettings[];
}

/** What came of writing a comparison: it is kept, or another page wrote it since it was read. */
export type Saved = { readonly written: ComparisonRecord } | { readonly newer: ComparisonRecord };

const LONGEST_TITLE = 80;
const LONGEST_PROMPTS = 20_000;

/** The parts of a record that its turns give. */
export function describeTurns({ turns }: KeptComparison): Pick<ComparisonSummary, 'title' | 'prompts' | 'createdAtMs' | 'updatedAtMs'> {
  const [first] = turns;
  const title = (first?.prompt ?? '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE);
  const prompts = turns
    .map(({ prompt }) => prompt)
    .join('\n')
    .slice(0, LONGEST_PROMPTS);
  return { title, prompts, createdAtMs: first?.askedAtMs ?? 0, updatedAtMs: turns.at(-1)?.askedAtMs ?? 0 };
}

/** Whether every word that is looked for stands in its title, its prompts or the names of its models; whatever the case and the accents. */
export function isFound({ title, prompts, modelTitles }: ComparisonSummary, query: string): boolean {
  const text = fold([title, prompts, ...modelTitles].join('\n'));
  return fold(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
