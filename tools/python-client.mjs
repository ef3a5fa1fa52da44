// `npm run python-client -- tandem_client.py`: writes a Python client of the API, one module without dependencies.
import { readFile, writeFile } from 'node:fs/promises';
import { moduleOf } from './python-client/module-of.mjs';

const target = process.argv[2] ?? 'tandem_client.py';
const read = (path) => readFile(new URL(path, import.meta.url), 'utf8');
const document = JSON.parse(await read('../docs/openapi.json'));
await writeFile(target, moduleOf(document, await read('python-client/runtime.py')));
console.log(target);
