import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Logger } from '@nestjs/common';
import { makeFolder } from '@tandem/api/processes';

const UNFINISHED = '.new';

/**
 * The last good document of a source, on this machine: what a start without that source begins with. Where it cannot be
 * written, Tandem does without and says so once; what stands there is always one document as a whole. It holds what the
 * document holds, and no key.
 */
export class LastGoodCopy {
  private readonly logger = new Logger('Config');
  private trouble: string | undefined;
  private isSwept = false;

  /** `origin` is what it is a copy of; a copy of something else is not used. */
  constructor(
    private readonly path: string,
    private readonly origin: string,
  ) {}

  async read(): Promise<string | undefined> {
    await this.sweep().catch(() => undefined);
    try {
      const { origin, text } = JSON.parse(await readFile(this.path, 'utf8')) as { origin: unknown; text: unknown };
      return origin === this.origin && typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Never rejects. */
  async write(text: string): Promise<void> {
    try {
      await makeFolder(dirname(this.path));
      await this.sweep();
      await this.replace(JSON.stringify({ origin: this.origin, text }));
      this.trouble = undefined;
    } catch (thrown) {
      this.note(thrown);
    }
  }

  /** Beside it, onto the disk, then into its place in one step. */
  private async replace(content: string): Promise<void> {
    const unfinished = `${this.path}.${randomUUID()}${UNFINISHED}`;
    try {
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, this.path);
    } catch (thrown) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw thrown;
    }
  }

  /** What a process that died in the middle of it left behind. */
  private async sweep(): Promise<void> {
    if (this.isSwept) return;
    const folder = dirname(this.path);
    const left = (await readdir(folder)).filter((name) => name.startsWith(`${basename(this.path)}.`) && name.endsWith(UNFINISHED));
    await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
    this.isSwept = true;
  }

  private note(thrown: unknown): void {
    const { code, message } = thrown as NodeJS.ErrnoException;
    const trouble = code ?? message;
    if (this.trouble === trouble) return;
    this.trouble = trouble;
    this.logger.warn(
      `The last good configuration cannot be kept in ${this.path} (${trouble}): a start while S3 is out of reach has none, or an older one, to begin with.`,
    );
  }
}
