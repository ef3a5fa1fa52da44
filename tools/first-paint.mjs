// Bundles what runs before the page's first paint: `node tools/first-paint.mjs <entry>=<output>`. Its name has no hash: the
// server puts it into the page by that name.
import { build } from 'esbuild';

const [entry, output] = process.argv[2].split('=');

await build({ entryPoints: [entry], outfile: output, bundle: true, minify: true, format: 'iife', target: 'es2022', legalComments: 'none' });
