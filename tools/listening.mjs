import { createInterface } from 'node:readline';

/**
 * The origin of a Tandem that was started with LOG_FORMAT=json, once it listens; its log is read on, so that it is never held up.
 * @throws Error with what it printed, where it ends before
 */
export function listening(child) {
  return new Promise((resolve, reject) => {
    const printed = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { event, origin } = factsOf(line);
      if (event === 'listening') resolve(origin);
      if (printed.length < 1_000) printed.push(line);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(printed.join('\n'))));
  });
}

function factsOf(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
