import { Logger } from '@nestjs/common';

/** How many are named before it is only said how many more there are, and how much of each. */
const NAMED = 5;
const SHOWN_CHARACTERS = 80;

/** Says which fields of a source Tandem does not know: in one line, and again only when they are others. */
export class UnknownFields {
  private readonly logger = new Logger('Config');
  private readonly told = new Map<string, string>();

  note(source: string, fields: readonly string[]): void {
    const named = fields.slice(0, NAMED).map((field) => `"${field.slice(0, SHOWN_CHARACTERS)}"`);
    const more = fields.length > NAMED ? ` and ${fields.length - NAMED} more` : '';
    const line = fields.length === 0 ? '' : `${source}: fields that Tandem does not know are ignored: ${named.join(', ')}${more}`;
    if (line === (this.told.get(source) ?? '')) return;
    this.told.set(source, line);
    if (line !== '') this.logger.warn(line);
  }
}
