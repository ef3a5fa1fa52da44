import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readDocument } from '../testing/api-document';
import type { RunningServer } from '../testing/start-server';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');

export function describeApiPage(server: () => RunningServer): void {
  describe('the page about the API', () => {
    const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command = '']) => ({ first: command.split('\n', 1)[0], command }));

    it.each(commands)('shows a command that works: $first', async ({ command }) => {
      const { stdout } = await run('bash', ['-c', command.replace(/^curl /, 'curl -sSf ').replaceAll('http://localhost:8080', server().origin)]);
      expect(stdout).toMatch(/"done":true,"finish_reason"|"status":"success"/);
    });

    it('names only routes that there are', () => {
      const paths = Object.keys(readDocument().paths);
      const named = [...page.matchAll(/`(?:GET|POST|DELETE) (\/[^`?\s]*)/g)].map(([, path = '']) => path);
      expect(named.length).toBeGreaterThan(3);
      expect(named.filter((path) => !paths.includes(path))).toEqual([]);
    });

    it('shows the failure as the server words it', async () => {
      const [, shown = ''] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
      const answer = await fetch(`${server().origin}/stream?model=tandem-tiny-chat&prompt=x&temperature=3`, {
        headers: { 'X-Request-Id': (JSON.parse(shown) as { error: { request_id: string } }).error.request_id },
      });
      expect(await answer.json()).toEqual(JSON.parse(shown));
    });

    it('says the ranges and defaults of the document', () => {
      const rows = new Map([...page.matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \|$/gm)].map(([, name = '', range = '', value = '']) => [name, { range, value }]));
      const { properties } = readDocument().components.schemas['StreamRequest'] as { properties: Record<string, { maximum?: number; default?: unknown }> };
      for (const name of ['temperature', 'top_p', 'top_k', 'repetition_penalty', 'max_tokens']) {
        expect(rows.get(name)?.value).toBe(String(properties[name]?.default));
        expect(rows.get(name)?.range).toMatch(new RegExp(`to ${properties[name]?.maximum}\\b`));
      }
    });
  });
}
