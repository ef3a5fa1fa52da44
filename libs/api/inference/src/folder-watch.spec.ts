import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { closeAfterEach } from '@tandem/testing';
import { watch } from 'chokidar';
import { FolderWatch } from './folder-watch';
import { temporaryFolder } from './testing/open-inference';

Logger.overrideLogger(false);

const closeLater = closeAfterEach();

function setup(watchFolder: typeof watch = watch) {
  const { path, remove } = temporaryFolder();
  let told: () => void = () => undefined;
  const folder = new FolderWatch(path, () => told(), watchFolder);
  closeLater(async () => {
    await folder.close();
    remove();
  });
  const untilTold = () => new Promise<void>((resolve) => (told = resolve));
  return { folder, path, untilTold };
}

describe('FolderWatch', () => {
  it('tells of a file that is written, without watching the file itself', async () => {
    const watched: string[][] = [];
    const { folder, path, untilTold } = setup((root, options) => {
      const watcher = watch(root, options);
      watcher.on('ready', () => watched.push(...Object.values(watcher.getWatched())));
      return watcher;
    });
    writeFileSync(join(path, 'early.gguf'), 'x');
    const ready = untilTold();
    await folder.start();
    await ready;
    expect(folder.isWatching).toBe(true);
    expect(watched.flat()).not.toContain('early.gguf');
    for (const text of ['x', 'y']) {
      const news = untilTold();
      writeFileSync(join(path, 'a.gguf'), text, { flag: 'a' });
      await news;
    }
  });

  it('watches no more when the system runs out of watches, and does not insist', async () => {
    let started = 0;
    const { folder, untilTold } = setup((root, options) => {
      started += 1;
      const watcher = watch(root, options);
      watcher.on('ready', () => watcher.emit('error', Object.assign(new Error('no space left'), { code: 'ENOSPC' })));
      return watcher;
    });
    const ready = untilTold();
    await folder.start();
    await ready;
    while (folder.isWatching) await new Promise((resolve) => setImmediate(resolve));
    await folder.start();
    expect(started).toBe(1);
    expect(folder.isWatching).toBe(false);
  });
});
