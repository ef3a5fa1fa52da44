import { mkdirSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FileBytes } from './file-bytes';
import { checkpointFolder, refused } from './testing/checkpoint-folder';

const write = checkpointFolder();
const opened: FileBytes[] = [];
afterEach(() => opened.splice(0).forEach((file) => file.close()));

function open(path: string): FileBytes {
  const file = FileBytes.open(path);
  opened.push(file);
  return file;
}

describe('a file that is open for reading', () => {
  it('is read at any place, in any order', () => {
    const file = open(write('best.pt', 'weights'));
    expect([file.read(3, 4), file.read(0, 2)].map(String)).toEqual(['ghts', 'we']);
    expect([file.sizeBytes, file.title]).toEqual([7, '"best.pt"']);
  });

  it('says where it ends when more is asked for, also where it was cut meanwhile', () => {
    const path = write('best.pt', 'weights');
    const file = open(path);
    expect(() => file.read(4, 9)).toThrow(refused('truncated', /^"best\.pt" ends before byte 13; copy it again\.$/));
    truncateSync(path, 2);
    expect(() => file.read(0, 7)).toThrow(refused('truncated', /ends before byte 7/));
  });

  it('is closed once, however often it is told, and says so when it is read then', () => {
    const file = open(write('best.pt', 'weights'));
    file.close();
    file.close();
    expect(() => file.read(0, 1)).toThrow('The checkpoint is closed.');
  });

  it.each([
    ['what is not there', 'none.pt', /^"none\.pt" cannot be opened \([\w ]+\); check that it is there and may be read\.$/],
    ['a folder', 'folder.pt', /^"folder\.pt" is not a regular file; put the checkpoint itself there\.$/],
  ])('is none of %s', (_title, name, sentence) => {
    const folder = dirname(write('best.pt', ''));
    mkdirSync(join(folder, 'folder.pt'));
    expect(() => open(join(folder, name))).toThrow(refused('unreadable', sentence));
  });
});
