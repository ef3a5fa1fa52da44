#!/usr/bin/env node
// `npx tandem run …`: runs a prompt set over two models and says by its exit status whether what was asked of them holds.
import { readRunArguments, USAGE } from './tandem/run-arguments.mjs';
import { CannotRun } from './tandem/cannot-run.mjs';
import { run } from './tandem/run.mjs';

const [command, ...rest] = process.argv.slice(2);

try {
  if (command === undefined || ['help', '--help', '-h'].includes(command) || rest.includes('--help')) {
    console.log(USAGE);
  } else {
    if (command !== 'run') throw new CannotRun(`There is no command "${command}".\n\n${USAGE}`);
    process.exitCode = await run(readRunArguments(rest));
  }
} catch (error) {
  console.error(error instanceof CannotRun ? error.message : error);
  process.exitCode = 2;
}
