// Bundles one Node application: `node tools/bundle.mjs <entry=output>…`.
// esbuild resolves the path aliases; swc compiles the TypeScript, because decorator metadata must survive and esbuild
// does not emit it. Packages stay external: native ones cannot be bundled and the rest are installed anyway.
import { readFile } from 'node:fs/promises';
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

await Promise.all(
  process.argv.slice(2).map((argument) => {
    const [entry, outfile] = argument.split('=');
    return build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      packages: 'external',
      tsconfig: 'tsconfig.base.json',
      sourcemap: true,
      logLevel: 'warning',
      plugins: [swcTypescript],
    });
  }),
);
