import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface SlowTest {
  readonly spec: string;
  readonly because: string;
  readonly rooms: readonly string[];
}

const root = join(import.meta.dirname, '..');
const { SLOW_TESTS, judgeSlowTests } = (await import(join(root, 'tools/slow-tests.mjs'))) as {
  SLOW_TESTS: readonly SlowTest[];
  judgeSlowTests(changed: readonly string[]): readonly (SlowTest & { readonly why: string | undefined })[];
};

describe('the slow tests', () => {
  it.each(SLOW_TESTS)('are there with all that they are about: $spec', ({ spec, rooms }) => {
    expect([spec, ...rooms].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(SLOW_TESTS)('are due where one of their rooms changed, or they did, and not because of others: $spec', ({ spec, rooms }) => {
    const whyOf = (...changed: string[]) => judgeSlowTests(changed).find((test) => test.spec === spec)?.why;
    for (const room of rooms) expect(whyOf('README.md', existsSync(join(root, room, '.')) ? `${room}/deep/file.ts` : room)).toBe(room);
    expect(whyOf(spec)).toBe(spec);
    expect(whyOf('README.md', ...rooms.map((room) => `${room}-2`))).toBeUndefined();
  });

  it('are all due where the packages changed', () => {
    expect(judgeSlowTests(['package-lock.json']).map(({ why }) => why)).toEqual(SLOW_TESTS.map(() => 'package-lock.json'));
  });

  it('are all due where what changed cannot be told', () => {
    const script = `import { judgeSlowTests } from ${JSON.stringify(join(root, 'tools/slow-tests.mjs'))}; console.log(JSON.stringify(judgeSlowTests().map(({ why }) => why)));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      env: { ...process.env, TEST_BASE: 'no-such-commit' },
    });
    expect(JSON.parse(stdout)).toEqual(SLOW_TESTS.map(() => 'what changed cannot be told'));
  });
});
