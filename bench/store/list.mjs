import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { comparison } from './comparison.mjs';
import { ask, startServer, untilKept } from './server.mjs';

const ASKED = {
  'the first page': 'limit=25',
  'the first page of 100': 'limit=100',
  'of one model': 'limit=25&model=one',
  'with a text that few have': 'limit=25&query=What+about+77',
};

/** How long pages of a list of so many comparisons take, in milliseconds: the median and the slowest of `times`. */
export async function measureList(rows, times, folder) {
  const environment = { CHECKPOINTS_DIR: 'none', BASELINE_MODELS: '[]', TWODELTA_MODELS: '[]' };
  const first = await startServer(folder, environment);
  await untilKept(first.origin);
  await ask(first.origin, 'comparisons', { method: 'POST', body: comparison(0) });
  await first.stop();
  fill(join(folder, 'tandem.sqlite'), rows);
  const server = await startServer(folder, environment);
  await untilKept(server.origin);
  try {
    const seen = {};
    for (const [what, query] of Object.entries(ASKED)) {
      const took = [];
      for (let n = 0; n < times; n += 1) {
        const begun = performance.now();
        const { comparisons } = await ask(server.origin, `comparisons?${query}`);
        took.push(performance.now() - begun);
        if (comparisons.length === 0) throw new Error(`${what}: nothing was found.`);
      }
      seen[what] = took;
    }
    return seen;
  } finally {
    await server.stop();
  }
}

/** Copies of the one that is there, each a little older. */
function fill(file, rows) {
  const database = new DatabaseSync(file);
  const [row] = database.prepare('select * from comparisons').all();
  const [turn] = database.prepare('select * from comparison_turns').all();
  const insert = (table, of) => {
    const names = Object.keys(of);
    return database.prepare(`insert into ${table} (${names.join()}) values (${names.map((name) => `:${name}`).join()})`);
  };
  const [addRow, addTurn] = [insert('comparisons', row), insert('comparison_turns', turn)];
  database.exec('begin');
  for (let number = 1; number < rows; number += 1) {
    const id = `${row.id.slice(0, -12)}${(0xffffffffffff - number).toString(16).padStart(12, '0')}`.replace(/^./, '0').replace(/^0../, '018');
    const { title, turns } = comparison(number);
    addRow.run({ ...row, id, title, prompt: turns[0].prompt, search: `${title}\n\n${turns[0].prompt}`.toLowerCase() });
    addTurn.run({ ...turn, comparison_id: id, prompt: turns[0].prompt });
  }
  database.exec('commit');
  database.close();
}
