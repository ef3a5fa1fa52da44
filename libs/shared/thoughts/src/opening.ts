import { THOUGHT_FORMATS, type ThoughtFormat } from './formats';

/** A role and a channel's name at most. */
const MAX_HEADER_CHARACTERS = 200;

/**
 * The end of a prompt where it begins what the model is to go on with: the mark of a thought that a chat template opened,
 * or the header of a message. Empty where the model begins by itself.
 */
export function openingOf(prompt: string, formats: readonly ThoughtFormat[] = THOUGHT_FORMATS): string {
  const trimmed = prompt.trimEnd();
  for (const format of formats) {
    if (format.kind === 'channels') {
      const start = prompt.lastIndexOf(format.start);
      const isOpen = start >= 0 && prompt.length - start < MAX_HEADER_CHARACTERS && !format.ends.some((mark) => prompt.includes(mark, start));
      if (isOpen) return prompt.slice(start);
    } else if (trimmed.endsWith(format.begin.trimEnd())) {
      return prompt.slice(trimmed.length - format.begin.trimEnd().length);
    }
  }
  return '';
}
