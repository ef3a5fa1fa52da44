import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FAULT_CODES } from '@tandem/shared/contracts';

const root = join(import.meta.dirname, '..');
const pages = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })];
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** As GitHub makes them of headings. */
const anchorsOf = (markdown: string) =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );

describe('the documentation', () => {
  it.each(pages)('%s links to files and headings that are there', (page) => {
    const links = [
      ...read(page)
        .replaceAll(/```[\s\S]*?```/g, '')
        .matchAll(/\]\(([^)\s]+)\)/g),
    ].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('draws the rooms as they are, floor by floor', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/draw-rooms.mjs'), '--check'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('explains every error code, and no other', () => {
    const explained = [...read('docs/troubleshooting.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
    expect(explained.toSorted()).toEqual([...FAULT_CODES].toSorted());
  });

  it('says what every runtime dependency is for', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const page = read('docs/dependencies.md');
    const unexplained = Object.keys(dependencies).filter((name) => {
      const [scope, bare] = name.startsWith('@nestjs/') ? ['@nestjs/', name.slice(8)] : ['', name];
      return !page.includes(`\`${name}\``) && !(scope !== '' && page.includes(`\`${bare}\``));
    });
    expect(unexplained).toEqual([]);
  });
});
