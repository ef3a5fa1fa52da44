// Bundles one Node application: `node tools/bundle.mjs <entry=output>…`.
// esbuild resolves the path aliases; swc compiles the TypeScript, because decorator metadata must survive and esbuild
// does not emit it. Packages stay external: native ones cannot be bundled and the rest are installed anyway; all but what the
// converter reads with, which may open no file but its own, and what would make the start longer. What is no TypeScript is copied beside the bundle.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { build } from 'esbuild';

const swcTypescript = {
  name: 'swc-typescript',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        filename: path,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2023',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      });
      return { contents: code, loader: 'js' };
    });
  },
};

const bundledPackages = {
  name: 'bundled-packages',
  setup(builder) {
    // The build for browsers asks for nothing of Node's at run time.
    const yaml = new URL('../browser/index.js', import.meta.resolve('yaml'));
    builder.onResolve({ filter: /^yaml$/ }, () => ({ path: fileURLToPath(yaml) }));
    // Hundreds of files, of which the server would read all at every start.
    builder.onResolve({ filter: /^(?:kysely(?:\/migration)?|diff)$/ }, ({ path }) => ({ path: fileURLToPath(import.meta.resolve(path)) }));
  },
};

const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

await Promise.all(
  process.argv.slice(2).map(async (argument) => {
    const [entry, outfile] = argument.split('=');
    if (!entry.endsWith('.ts')) {
      await mkdir(dirname(outfile), { recursive: true });
      return copyFile(entry, outfile);
    }
    return build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      define: { TANDEM_VERSION: JSON.stringify(version) },
      packages: 'external',
      tsconfig: 'tsconfig.base.json',
      sourcemap: true,
      logLevel: 'warning',
      plugins: [bundledPackages, swcTypescript],
    });
  }),
);
