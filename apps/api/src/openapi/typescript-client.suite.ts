import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '../testing/api-document';
import { compile, execute, generateTypeScriptClient } from '../testing/generated-client';
import type { RunningServer } from '../testing/start-server';

const ROOT = join(import.meta.dirname, '../../../..');

const USE = `
import { checkHealth, getModel, listModels, loadModel, modelStatus, streamPost, unloadModel } from './client/index';
import { client } from './client/client.gen';

declare const process: { argv: string[] };
client.setConfig({ baseUrl: process.argv[2]! });

const path = { name: 'sft/tandem-tiny-chat.gguf' };
const models = await listModels({ throwOnError: true });
const loading = await loadModel({ path, throwOnError: true });
const { stream } = await streamPost({ body: { model: 'tandem-tiny-chat', prompt: 'What is Tandem?', max_tokens: 16, temperature: 0 } });
let text = '';
let finish: string | undefined;
for await (const frame of stream) {
  text += frame.token;
  if (frame.done) finish = frame.finish_reason;
}
const status = await modelStatus({ path, throwOnError: true });
const unloaded = await unloadModel({ path, query: { force: 'true' }, throwOnError: true });
const missing = await getModel({ path: { id: 'nowhere' } });
const health = await checkHealth({ query: { model: 'tandem-tiny-chat' }, throwOnError: true });
console.log(JSON.stringify({
  ids: models.data.models.map(({ id }) => id),
  loading: loading.data.success,
  text,
  finish,
  loaded: status.data.loaded,
  unloaded: unloaded.data.message,
  missing: missing.error?.error.code,
  health: health.data.model,
}));
`;

const MISUSE = `
import { streamPost, getModel } from './client/index';
await getModel();
await streamPost({ body: { prompt: 'no model', max_tokens: 'many' } });
`;

export function describeTypeScriptClient(server: () => RunningServer): void {
  describe('a TypeScript client generated from the OpenAPI document', () => {
    let folder: string;

    beforeAll(async () => void (folder = await generateTypeScriptClient()));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('compiles, lists and loads models, follows a stream, and knows a failure', async () => {
      expect(await compile(folder, 'use.ts', USE)).toBe('');
      const seen = JSON.parse(await execute(folder, 'use.ts', server().origin)) as Record<string, unknown>;
      expect(seen).toEqual({
        ids: expect.arrayContaining(['tandem-tiny-base', 'tandem-tiny-chat']),
        loading: true,
        text: expect.stringMatching(/\w/),
        finish: expect.stringMatching(/^(?:stop|length)$/),
        loaded: true,
        unloaded: 'Model sft/tandem-tiny-chat.gguf unloaded',
        missing: 'model_not_found',
        health: 'tandem-tiny-chat',
      });
    });

    it('does not compile where a field is missing or of another type', async () => {
      const said = await compile(folder, 'misuse.ts', MISUSE);
      expect(said).toMatch(/misuse\.ts\(3,7\).*Expected 1 arguments/);
      expect(said).toMatch(/misuse\.ts\(4,\d+\)/);
    });

    it('has exactly the types that the page is written with', async () => {
      const exported = readFileSync(join(ROOT, 'libs/shared/contracts/src/index.ts'), 'utf8');
      const shared = Object.keys(readDocument().components.schemas).filter((name) => new RegExp(`\\b${name}\\b`).test(exported));
      expect(shared).toEqual(expect.arrayContaining(['ErrorBody', 'FaultCode', 'HealthReport', 'ModelCard', 'StreamFrame', 'StreamRequest']));
      const source = `
import type * as Contract from '${join(ROOT, 'libs/shared/contracts/src/index.ts')}';
import type * as Generated from './client/types.gen';

type Plain<T> = T extends readonly (infer U)[] ? Plain<U>[] : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

// @ts-expect-error that the comparison can tell two types apart
export const other: Same<Contract.Usage, Generated.Timings> = true;
// @ts-expect-error and one of which a field may be missing
export const optional: Same<{ a: string }, { a?: string }> = true;
${shared.map((name) => `export const same${name}: Same<Contract.${name}, Generated.${name}> = true;`).join('\n')}
`;
      expect(await compile(folder, 'same.ts', source)).toBe('');
    });
  });
}
