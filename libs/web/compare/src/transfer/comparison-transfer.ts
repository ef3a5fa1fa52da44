import { inject, Service } from '@angular/core';
import { fileName, saveFile } from '@tandem/web/design';
import { type ExportForm } from '@tandem/web/history';
import { checkSize } from '@tandem/web/history/records';
import { ComparisonArchive } from '../history/comparison-archive';
import { asMarkdown } from './as-markdown';
import { toComparisonFile } from './comparison-file';
import { readComparisonFile } from './read-comparison-file';

/** Comparisons to files and back. Nothing that is in a file ever takes the place of something that is here. */
@Service()
export class ComparisonTransfer {
  private readonly archive = inject(ComparisonArchive);

  async export({ id, as }: ExportForm): Promise<void> {
    const record = await this.archive.get(id);
    if (!record) return;
    if (as === 'markdown') saveFile(fileName(record.title, 'md'), 'text/markdown', asMarkdown(record));
    else saveFile(fileName(record.title, 'json'), 'application/json', JSON.stringify(toComparisonFile(record), null, 2));
  }

  /** Takes in all of a file or, with an UnreadableFile, nothing of it. Gives how many comparisons came. */
  async import(file: Pick<File, 'size' | 'text'>): Promise<number> {
    checkSize(file.size);
    await this.archive.save(readComparisonFile(await file.text()));
    return 1;
  }
}
