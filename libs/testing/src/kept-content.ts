import type { ComparisonContent } from '@tandem/shared/contracts';

/** A comparison to keep, but for its turns. */
export const KEPT_CONTENT: Omit<ComparisonContent, 'turns'> = {
  title: 'Bicycles',
  note: 'After the second epoch.',
  baseline: 'old',
  derivative: 'new',
  system: 'Answer in one sentence.',
  parameters: { baseline: { temperature: 0 }, derivative: { temperature: 0.7, stop: ['\n'] } },
  config_version: '4eecbe640c7e',
};
