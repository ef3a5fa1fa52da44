import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The last good document of a source, on this machine: what a start without that source begins with. Where nothing can
 * be written it does without. It holds what the document holds, and no key.
 */
export class LastGoodCopy {
  /** `origin` is what it is a copy of; a copy of something else is not used. */
  constructor(
    private readonly path: string,
    private readonly origin: string,
  ) {}

  async read(): Promise<string | undefined> {
    try {
      const { origin, text } = JSON.parse(await readFile(this.path, 'utf8')) as { origin: unknown; text: unknown };
      return origin === this.origin && typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  }

  async write(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeFile(`${this.path}.new`, JSON.stringify({ origin: this.origin, text }), { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    } catch {
      // a read-only file system: the next start asks the source itself
    }
  }
}
