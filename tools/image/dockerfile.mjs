// Reads a Dockerfile as far as ours goes; what it does not know stops it, so that nothing is skipped in silence.

/** Its stages in order: `{ base, name, steps: [{ op, text }] }`, continued lines joined, comments left out. */
export function parseDockerfile(text) {
  const stages = [];
  for (const line of logicalLines(text)) {
    const [, op, rest] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? fail(`not an instruction: ${line}`);
    if (op === 'FROM') {
      const [, base, name] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest) ?? fail(`FROM ${rest}`);
      stages.push({ base, name, steps: [] });
    } else {
      stages.at(-1).steps.push({ op, text: rest });
    }
  }
  return stages;
}

function logicalLines(text) {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  return lines
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** `A=1 B="two words"` as an object. */
export function pairsOf(text) {
  return Object.fromEntries([...text.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)].map(([, name, quoted, plain]) => [name, quoted ?? plain]));
}

/** The command of `CMD`, `ENTRYPOINT` or a health check in their JSON form, the only one that passes signals on. */
export function commandOf(text) {
  return JSON.parse(text.slice(text.indexOf('[')));
}

/** `COPY` as its options, sources and destination. */
export function copyOf(text) {
  const words = text.split(/\s+/);
  const options = Object.fromEntries(words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')));
  const paths = words.filter((word) => !word.startsWith('--'));
  return { ...options, sources: paths.slice(0, -1), destination: paths.at(-1) };
}

export function fail(what) {
  throw new Error(`Dockerfile: ${what}`);
}
