// After an installation: removes the binding's binaries for other processors, which its packages allow on this one too
// so that an application can be packed for several. Those that `npm run gpu` brought are for this one, and stay.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLATFORMS = { linux: 'linux', darwin: 'mac', win32: 'win' };
const PROCESSORS = { arm: 'armv7l' };

/** How the binding's packages name a machine, such as `linux-x64`. */
export const own = `${PLATFORMS[process.platform] ?? process.platform}-${PROCESSORS[process.arch] ?? process.arch}`;

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', '@node-llama-cpp');
for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  if (name !== own && !name.startsWith(`${own}-`)) rmSync(join(folder, name), { recursive: true });
}
