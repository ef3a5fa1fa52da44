import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readDocument, routesOf } from '../testing/api-document';
import type { RunningServer } from '../testing/start-server';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');
const PYTHON = '/usr/bin/python3';

const USE = `
import json
import sys
import typing
import tandem_client
from tandem_client import Client, StreamRequest, TandemError

client = Client(sys.argv[1])
operations = [name for name in vars(Client) if not name.startswith("_")]
for name in operations:
    typing.get_type_hints(getattr(Client, name), vars(tandem_client))
for name, kind in vars(tandem_client).items():
    if typing.is_typeddict(kind):
        typing.get_type_hints(kind, vars(tandem_client))

request: StreamRequest = {"model": "tandem-tiny-chat", "prompt": "What is Tandem?", "max_tokens": 16, "temperature": 0}
frames = list(client.stream_post(request))
spelled = list(client.stream_get(model="tandem-tiny-chat", prompt="What is Tandem?", max_tokens=16, temperature=0))
failures = []
for attempt in (lambda: client.get_model("nowhere"), lambda: client.stream_post({"model": "tandem-tiny-chat", "prompt": "x", "temperature": 3})):
    try:
        attempt()
    except TandemError as error:
        failures.append([error.status, error.code, error.retryable])

print(json.dumps({
    "operations": operations,
    "ids": [model["id"] for model in client.list_models()["models"]],
    "texts": ["".join(frame["token"] for frame in one) for one in (frames, spelled)],
    "finish": frames[-1].get("finish_reason"),
    "status": client.model_status("sft/tandem-tiny-chat.gguf", x_request_id="from-python")["status"],
    "unloaded": client.unload_model("sft/tandem-tiny-chat.gguf", force="true")["success"],
    "metrics": client.metrics().startswith("# HELP"),
    "failures": failures,
}))
`;

const hasPython = spawnSync(PYTHON, ['-c', 'from typing import NotRequired']).status === 0;

export function describePythonClient(server: () => RunningServer): void {
  (hasPython ? describe : describe.skip)('a Python client made from the OpenAPI document', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-python-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('has types that are whole, lists models, follows streams, and knows a failure', async () => {
      await run(process.execPath, [join(ROOT, 'tools/python-client.mjs'), join(folder, 'tandem_client.py')]);
      writeFileSync(join(folder, 'use.py'), USE);
      const { stdout } = await run(PYTHON, ['-W', 'error', join(folder, 'use.py'), server().origin], { cwd: folder });
      const seen = JSON.parse(stdout) as { operations: string[]; texts: [string, string] };
      expect(seen).toMatchObject({
        ids: expect.arrayContaining(['tandem-tiny-base', 'tandem-tiny-chat']),
        finish: expect.stringMatching(/^(?:stop|length)$/),
        status: 'loaded',
        unloaded: true,
        metrics: true,
        failures: [
          [404, 'model_not_found', false],
          [400, 'invalid_request', false],
        ],
      });
      expect(seen.texts[0]).toMatch(/\w/);
      expect(seen.texts[1]).toBe(seen.texts[0]);
      expect(seen.operations).toHaveLength(routesOf(readDocument()).length);
      expect(seen.operations).toEqual(expect.arrayContaining(['list_models', 'stream_post', 'check_health']));
    });
  });
}
