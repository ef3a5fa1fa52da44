import { guardLeaks } from './leak-guard';

// The guard's own check, at the end of this file, is the expectation.
describe('a file whose leaks are looked for', () => {
  it('may print for the first time', () => {
    for (const stream of [process.stdout, process.stderr]) stream.write('');
  });
});

guardLeaks();
