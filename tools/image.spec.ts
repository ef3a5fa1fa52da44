import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Where it cannot be built, the set-up of the tests says so and how to change that.
const canBuild = process.env['CI'] === 'true' || (process.getuid?.() === 0 && existsSync('/usr/sbin/debootstrap'));

(canBuild ? describe : describe.skip)('the image that the Dockerfile describes', () => {
  it('is small, starts as its own user on a read-only file system, answers, and stops', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'image-smoke.mjs')], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/holds \d+ MB without checkpoints/);
  }, 900_000);
});
