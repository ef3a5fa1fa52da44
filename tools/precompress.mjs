// Compresses what the browser loads, once and as well as it goes: `node tools/precompress.mjs <folder>`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [folder] = process.argv.slice(2);
/** Fonts and pictures are compressed already, and the page itself is written anew for each answer. */
const WORTH_IT = /\.(?:js|css|svg)$/;
/** A smaller file fits into one packet anyway. */
const MIN_BYTES = 1024;

const FORMS = {
  '.br': (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  '.gz': (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

for (const name of readdirSync(folder, { recursive: true }).filter((file) => WORTH_IT.test(file))) {
  const bytes = readFileSync(join(folder, name));
  if (bytes.length < MIN_BYTES) continue;
  for (const [ending, compress] of Object.entries(FORMS)) writeFileSync(join(folder, name + ending), compress(bytes));
}
