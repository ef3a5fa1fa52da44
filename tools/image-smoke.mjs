// `npm run image:smoke`: does what the Dockerfile says, step by step, in a clean folder (no container engine needed),
// starts the result as the image's own user on a read-only file system, and uses it. Prints what the image weighs.
// Needs root on Debian and the package debootstrap.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, copyOf, fail, pairsOf, parseDockerfile } from './image/dockerfile.mjs';
import { copyInto, ignoredIn, makeBase, project, runStep, signalInside, sizeOf, startInside } from './image/root.mjs';

const LIMIT_MB = 350;
const READY_MS = 60_000;
const MB = 1_000_000;

const work = mkdtempSync(join(tmpdir(), 'tandem-image-'));
try {
  const image = build();
  report(image);
  await use(image);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Every stage in turn; the last one is the image. */
function build() {
  const isIgnored = ignoredIn(readFileSync(join(project, '.dockerignore'), 'utf8'));
  const built = new Map();
  let image;
  for (const [index, { base, name, steps }] of parseDockerfile(readFileSync(join(project, 'Dockerfile'), 'utf8')).entries()) {
    image = { folder: join(work, String(index)), environment: {}, workdir: '/', user: '0:0' };
    makeBase(base, image.folder);
    image.baseBytes = sizeOf(image.folder);
    for (const step of steps) {
      if (step.op === 'RUN' || step.op === 'COPY') console.log(`${step.op} ${step.text.slice(0, 100)}`);
      take(image, step, built, isIgnored);
    }
    if (name) built.set(name, image.folder);
  }
  return image;
}

function take(image, { op, text }, built, isIgnored) {
  switch (op) {
    case 'RUN':
      return runStep(image.folder, image.workdir, image.environment, text);
    case 'COPY': {
      const { from, sources, destination } = copyOf(text);
      return copyInto(image.folder, image.workdir, from ? (built.get(from) ?? fail(`no stage ${from}`)) : project, sources, destination, isIgnored);
    }
    case 'ENV':
      return Object.assign(image.environment, pairsOf(text));
    case 'WORKDIR':
      image.workdir = text;
      return runStep(image.folder, '/', {}, `mkdir -p '${text}'`);
    case 'USER':
      image.user = text;
      return;
    case 'ENTRYPOINT':
      image.entry = commandOf(text);
      return;
    case 'CMD':
      image.command = commandOf(text);
      return;
    case 'HEALTHCHECK':
      image.healthCheck = commandOf(text);
      return;
    case 'EXPOSE':
    case 'STOPSIGNAL':
      return;
    default:
      fail(`${op} is not understood here`);
  }
}

function report({ folder, baseBytes }) {
  const checkpoints = sizeOf(join(folder, 'app/checkpoints'));
  const content = sizeOf(folder) - checkpoints;
  const inMb = (bytes) => (bytes / MB).toFixed(0);
  console.log(`The image holds ${inMb(content)} MB without checkpoints: ${inMb(baseBytes)} MB of Debian, ${inMb(content - baseBytes)} MB of Node and Tandem.`);
  if (content > LIMIT_MB * MB) throw new Error(`The image is above ${LIMIT_MB} MB.`);
}

/** What a deployment does with it: probe, open the page, get an answer from the demo model, stop it. */
async function use(image) {
  const port = await freePort();
  const environment = { ...image.environment, PORT: String(port) };
  const start = (command) => startInside(image.folder, { ...image, environment, command });
  const server = start([...image.entry, ...image.command]);
  server.stdout.resume();
  const gone = once(server, 'exit');
  try {
    const address = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(`${address}/readyz`)).ok);
    const page = await (await fetch(address)).text();
    check(page.includes('<title>Tandem'), 'the page is served');
    const stream = await (await fetch(`${address}/stream?model=tandem-tiny-chat&prompt=Hello&max_tokens=8&seed=1`)).text();
    check(/"done":true,"finish_reason":"(?:stop|length)"/.test(stream), `the demo model answers, not: ${stream.slice(-300)}`);
    const [healthy] = await once(start(image.healthCheck), 'exit');
    check(healthy === 0, 'the health check passes');
  } finally {
    signalInside(server, 'SIGTERM');
  }
  const [code] = await gone;
  check(code === 0, `SIGTERM ends it with 0, not ${code}`);
  console.log('The image starts as its own user on a read-only file system, answers, and stops.');
}

async function until(holds) {
  for (const deadline = Date.now() + READY_MS; ;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`not ready after ${READY_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function check(holds, what) {
  if (!holds) throw new Error(`Expected: ${what}`);
}
