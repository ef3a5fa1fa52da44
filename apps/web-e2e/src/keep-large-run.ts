import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startApp } from './start-app';

const prompts = (count: number): string => Array.from({ length: count }, (_, n) => JSON.stringify({ id: `p${n}`, prompt: `prompt ${n}` })).join('\n');

const answer = (model: string, text: string) => ({
  ...{ model, text, finish_reason: 'stop', error: null, seed: 1, ignored_parameters: [], check: null, tries: 1 },
  usage: { prompt_tokens: 5, completion_tokens: 30, total_tokens: 35 },
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 20, total_ms: 200, tokens_per_second: 150, source: 'server' },
});

/** Has a server keep a run of so many items, and gives all of them answers. Its id; the folder is free again. */
export async function keepLargeRun(environment: Readonly<Record<string, string>>, count: number): Promise<string> {
  const app = await startApp(environment);
  const post = async (path: string, type: string, body: string) => {
    const response = await fetch(`${app.url}/api/${path}`, { method: 'POST', headers: { 'Content-Type': type }, body });
    return (await response.json()) as { prompt_set: { id: string }; run: { id: string } };
  };
  const { prompt_set } = await post('prompt-sets?name=large', 'application/x-ndjson', prompts(count));
  const { run } = await post('runs', 'application/json', JSON.stringify({ baseline: 'one', derivative: 'other', prompt_set: prompt_set.id }));
  await post(`runs/${run.id}/cancel`, 'application/json', '{}');
  await app.close();
  writeAnswers(join(environment['DATA_DIR'] ?? '', 'tandem.sqlite'), run.id, count);
  return run.id;
}

function writeAnswers(file: string, run: string, count: number): void {
  const database = new DatabaseSync(file);
  const words = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');
  const side = { passed: null, total_ms: 200, ttft_ms: 20, tokens_per_second: 150, characters: 400 };
  const figures = JSON.stringify({ sides: [side, side], pairs: [{ isSame: false, lengthRatio: 1, divergence: null, winner: null }] });
  const update = database.prepare('update run_items set state = ?, answers = ?, figures = ?, latency = ? where run_id = ? and place = ?');
  database.exec('begin');
  for (let place = 0; place < count; place++) {
    const answers = [answer('one', `${place} ${words}`), answer('other', `${words} ${place} and more`)];
    update.run('done', JSON.stringify(answers), figures, place, run, place);
  }
  database.prepare('update evaluation_runs set state = ?, done = ?, failed = 0 where id = ?').run('done', count, run);
  database.exec('commit');
  database.close();
}
