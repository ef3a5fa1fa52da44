import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamFrame } from '@tandem/shared/contracts';
import { closeAfterEach, freePort, until } from '@tandem/testing';
import { answerTo, startCountingModel } from './testing/counting-model';
import { startHeldModel } from './testing/held-model';
import { describeWithNginx, startNginx } from './testing/nginx';
import { type RunningServer, startServer } from './testing/start-server';

const CLIENTS = 8;
const closing = closeAfterEach();

async function setup<Model extends { readonly endpoint: string; close(): Promise<void> }>(startModel: () => Promise<Model>) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-rolling-'));
  closing(() => rm(folder, { recursive: true }));
  const model = await startModel();
  closing(() => model.close());
  const ports = [await freePort(), await freePort()] as const;
  const replicas: RunningServer[] = [];
  const start = async (index: 0 | 1): Promise<void> => {
    const models = JSON.stringify([{ name: 'counting', endpoint: model.endpoint }]);
    const environment = { BASELINE_MODELS: models, PORT: String(ports[index]), SHUTDOWN_GRACE_SECONDS: '250' };
    replicas[index] = await startServer(folder, environment);
    await until(async () => (await fetch(`http://127.0.0.1:${ports[index]}/readyz`)).ok);
  };
  closing(async () => void (await Promise.all(replicas.map((replica) => replica.stop()))));
  await Promise.all([start(0), start(1)]);
  const nginx = await startNginx(ports);
  closing(() => nginx.close());
  /** As a deployment does it. */
  const restart = async (index: 0 | 1): Promise<void> => {
    replicas[index]?.signal('SIGTERM');
    expect(await replicas[index]?.exit).toBe(0);
    await start(index);
  };
  return { model, nginx, replicas, restart };
}

/** Asks one thing after the other until it is told to stop, and notes what was not as it must be. */
function keepAsking(origin: string) {
  const complaints: string[] = [];
  const prompts: string[] = [];
  let isOver = false;
  const ask = async (prompt: string): Promise<void> => {
    const response = await fetch(`${origin}/stream`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: 'counting', prompt }),
    });
    const body = await response.text();
    const frames = [...body.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
    const said = frames.map(({ token }) => token).join('');
    const ends = frames.filter(({ done }) => done);
    const isWhole = said === answerTo(prompt) && ends.length === 1 && ends[0] === frames.at(-1) && JSON.stringify(ends[0]).includes('"finish_reason":"stop"');
    if (response.status !== 200 || !isWhole) complaints.push(`${prompt}: ${response.status} ${body.slice(-500)}`);
  };
  const look = async (): Promise<void> => {
    const response = await fetch(`${origin}/api/models`);
    if (response.status !== 200) complaints.push(`models: ${response.status} ${await response.text()}`);
    else await response.text();
  };
  const client = async (name: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const prompt = `${name}.${turn}`;
      prompts.push(prompt);
      // not with every prompt: nginx takes turns, and all prompts would end up at one replica
      await Promise.all(turn % 3 === 0 ? [ask(prompt), look()] : [ask(prompt)]).catch((error: unknown) => complaints.push(`${prompt}: ${String(error)}`));
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, name) => client(name)));
  return {
    prompts,
    complaints,
    stop: async () => {
      isOver = true;
      await clients;
    },
  };
}

const answersOf = (replica: RunningServer | undefined): number => replica?.log().match(/"event":"answer"/g)?.length ?? 0;

describeWithNginx('two replicas behind nginx', () => {
  it('are restarted one after the other under load without a failed request, and every answer is complete exactly once', async () => {
    const { model, nginx, replicas, restart } = await setup(() => startCountingModel(1_000, 3_000));
    const load = keepAsking(nginx.origin);
    closing(() => load.stop());
    await until(() => replicas.every((replica) => answersOf(replica) >= 2));
    await restart(0);
    await until(() => answersOf(replicas[0]) >= 2);
    await restart(1);
    await until(() => answersOf(replicas[1]) >= 2);
    await load.stop();
    expect(load.complaints).toEqual([]);
    expect(load.prompts.length).toBeGreaterThan(CLIENTS * 3);
    expect(load.prompts.map((prompt) => [prompt, model.asked.get(prompt)])).toEqual(load.prompts.map((prompt) => [prompt, 1]));
  }, 300_000);

  it("know each other's streams: a client that comes back or stops one reaches the one that has it", async () => {
    const { nginx } = await setup(startHeldModel);
    for (let turn = 0; turn < 4; turn++) {
      const body = JSON.stringify({ model: 'counting', prompt: 'x', resumable: true });
      const answer = await fetch(`${nginx.origin}/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      const stream = `${nginx.origin}/stream/${answer.headers.get('x-stream-id')}`;
      const again = await fetch(stream);
      expect((await fetch(stream, { method: 'DELETE' })).status).toBe(200);
      expect(await again.text()).toContain('"finish_reason":"cancelled"');
      await answer.text();
    }
  });
});
