import { Logger } from '@nestjs/common';
import { say, type Sentence } from './sentence';

/** How many are named before it is only said how many more there are, and how much of each. */
const NAMED = 5;
const SHOWN_CHARACTERS = 80;

/** Says which fields of a source Tandem does not know: in one line, and again only when they are others. */
export class UnknownFields {
  private readonly logger = new Logger('Config');
  private readonly told = new Map<string, Sentence>();

  note(source: string, fields: readonly string[]): void {
    if (fields.length === 0) {
      this.told.delete(source);
      return;
    }
    const named = fields.slice(0, NAMED).map((field) => `"${field.slice(0, SHOWN_CHARACTERS)}"`);
    const line = say`${source}: fields that Tandem does not know are ignored: ${named.join(', ')}${more(fields.length - NAMED)}`;
    if (this.told.get(source)?.isLike(line)) return;
    this.told.set(source, line);
    this.logger.warn(line.text);
  }
}

function more(count: number): string | Sentence {
  return count > 0 ? say` and ${count} more` : '';
}
