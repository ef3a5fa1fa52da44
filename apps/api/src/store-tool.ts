// `npm run store:backup` and `npm run store:copy`: what is done to all that is kept beside a running server.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Logger } from '@nestjs/common';
import { ConfigurationError, parseEnvironment } from '@tandem/api/config';
import { copyStore, PostgresDatabase, SqliteDatabase, Store } from '@tandem/api/store';
import { KEPT } from './kept';

const WORKER = new URL('./sqlite.worker.js', import.meta.url);
const USAGE = `Usage:
  npm run store:backup -- FILE   a copy of the SQLite file in DATA_DIR, also while the server runs
  npm run store:copy             all of it into the PostgreSQL that DATABASE_URL names, while no server runs`;

/** What is said instead of a stack: it names what to do. */
class Refusal extends Error {}

try {
  const [command, ...args] = process.argv.slice(2);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { dataDir, databaseUrl } = parseEnvironment(process.env);
  if (command === 'backup' && args.length === 1 && args[0] !== undefined) await makeBackup(join(dataDir, 'tandem.sqlite'), args[0]);
  else if (command === 'copy' && args.length === 0) await copy(dataDir, databaseUrl);
  else throw new Refusal(USAGE);
} catch (thrown) {
  const isAnticipated = thrown instanceof Refusal || thrown instanceof ConfigurationError;
  say(isAnticipated ? thrown.message : `It failed: ${(thrown as Error).message}`, process.stderr);
  process.exitCode = 1;
}

async function makeBackup(file: string, target: string): Promise<void> {
  if (!existsSync(file)) throw new Refusal(`There is no ${file}: set DATA_DIR to the folder of the server. A PostgreSQL is saved by pg_dump.`);
  if (existsSync(target)) throw new Refusal(`${target} is there already: name a new file.`);
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const pages = await backup(database, target);
  database.close();
  say(`${pages} pages saved in ${target}. To go back to them, stop the server and put that file in the place of ${file}.`);
}

async function copy(dataDir: string, databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined) throw new Refusal('Set DATABASE_URL to the database that everything is copied into.');
  Logger.overrideLogger(false);
  const [from, to] = [new Store(new SqliteDatabase(dataDir, WORKER), KEPT), new Store(new PostgresDatabase(databaseUrl), KEPT)];
  try {
    for (const { name, rows, checksum } of await copyStore(from, to)) say(`${name}: ${rows} rows, checksum ${checksum}`);
    say('All of it was copied, read back and found the same.');
  } finally {
    await from.close();
    await to.close();
  }
}

function say(text: string, to: NodeJS.WriteStream = process.stdout): void {
  to.write(`${text}\n`);
}
