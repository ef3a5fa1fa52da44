// Reads regular expressions as lines of JSON, [place, source, flags], and writes those whose time grows faster than the text.
import { createInterface } from 'node:readline';

// its JavaScript form: the others are left out of the installation
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

for await (const line of createInterface({ input: process.stdin })) {
  const [place, source, flags] = JSON.parse(line);
  // without its random trials, so that the answer is the same each time; what it then does not know, the linter's rules look at
  const { status, attack, error } = checkSync(source, flags, { checker: 'automaton', timeout: 60_000 });
  if (status === 'safe' || error?.kind === 'unsupported') continue;
  console.log(JSON.stringify([place, `/${source}/${flags}`, attack?.pattern ?? error?.kind]));
}
