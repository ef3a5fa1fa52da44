import { type Choice } from '@tandem/web/design';

/** How the answers of a turn are shown: as they were written, or by how they differ. */
export type View = 'text' | 'words' | 'sentences';

/** In the order of the switch. */
export const VIEWS: readonly Choice<View>[] = [
  { value: 'text', label: 'Text' },
  { value: 'words', label: 'Words' },
  { value: 'sentences', label: 'Sentences' },
];
