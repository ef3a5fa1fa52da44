import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, '../../../../tools/promptfoo');
const LISTS = ['package.json', 'package-lock.json'];

/** What promptfoo made of one test case and one provider. */
export interface Outcome {
  readonly provider: { readonly id: string; readonly label: string };
  readonly success: boolean;
  readonly error?: string;
  readonly response?: { readonly output: unknown; readonly tokenUsage?: Readonly<Record<string, number>>; readonly finishReason?: string };
}

/** The published package, fetched once and kept beside what else the tests fetch; a minute or two. @returns its folder */
export function installPromptfoo(): string {
  const lock = createHash('sha256');
  for (const name of LISTS) lock.update(readFileSync(join(SOURCE, name)));
  const folder = join(homedir(), '.cache', 'tandem', `promptfoo-${lock.digest('hex').slice(0, 12)}`);
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of LISTS) copyFileSync(join(SOURCE, name), join(folder, name));
  const npm = ['ci', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', npm, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`promptfoo could not be installed:\n${stderr}`);
  writeFileSync(complete, '');
  return folder;
}

/** Runs `promptfoo eval` over a configuration in a folder of its own, with nothing but this machine to ask. */
export async function evaluate(installed: string, folder: string, configuration: object): Promise<Outcome[]> {
  const [config, output] = [join(folder, 'promptfooconfig.json'), join(folder, 'output.json')];
  writeFileSync(config, JSON.stringify(configuration));
  const entry = join(installed, 'node_modules/promptfoo/dist/src/entrypoint.js');
  const child = spawn(
    process.execPath,
    ['--import', join(SOURCE, 'loopback-only.mjs'), entry, 'eval', '-c', config, '-o', output, '--no-cache', '--no-table'],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        PROMPTFOO_CONFIG_DIR: join(folder, 'promptfoo'),
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
        PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await once(child, 'close');
  if (!existsSync(output)) throw new Error(`promptfoo wrote nothing:\n${printed}`);
  return (JSON.parse(readFileSync(output, 'utf8')) as { results: { results: Outcome[] } }).results.results;
}
