import { RefusedCheckpoint } from '@tandem/import/formats';
import type { ConversionAnswer } from '@tandem/shared/converter-protocol';

/** What a conversion comes to. Sentences about the system name no paths. */
export function answerOf(convert: () => number): ConversionAnswer {
  try {
    return { type: 'converted', bytes: convert() };
  } catch (thrown) {
    if (thrown instanceof RefusedCheckpoint) return { type: 'refused', kind: thrown.kind, message: thrown.message };
    const code = (thrown as NodeJS.ErrnoException).code ?? (thrown as Error).name;
    return { type: 'refused', kind: 'unreadable', message: `The checkpoint could not be converted (${code}).` };
  }
}
