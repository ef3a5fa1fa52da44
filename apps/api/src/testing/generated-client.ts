import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { DOCUMENT_FILE } from './api-document';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');

/** A new folder inside of the workspace, so that its packages are found, with a TypeScript client of the API in `client/`. */
export async function generateTypeScriptClient(): Promise<string> {
  mkdirSync(join(ROOT, 'tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'tmp/client-'));
  const generator = join(ROOT, 'node_modules/@hey-api/openapi-ts/bin/run.js');
  const plugins = ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'];
  await run(process.execPath, [generator, '-i', DOCUMENT_FILE, '-o', join(folder, 'client'), '-p', ...plugins], { cwd: folder });
  return folder;
}

/** Compiles one file of the folder, and what it imports; gives what the compiler says. */
export async function compile(folder: string, file: string, source: string): Promise<string> {
  writeFileSync(join(folder, file), source);
  const compilerOptions = {
    target: 'ES2023',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    types: [],
    skipLibCheck: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  return run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false']).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

/** Runs a TypeScript file of the folder and gives what it prints. */
export async function execute(folder: string, file: string, ...parameters: readonly string[]): Promise<string> {
  const bundle = join(folder, `${file}.mjs`);
  await build({ entryPoints: [join(folder, file)], outfile: bundle, bundle: true, platform: 'node', format: 'esm' });
  return (await run(process.execPath, [bundle, ...parameters])).stdout;
}
