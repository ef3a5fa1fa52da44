// `npm run rooms`: draws which room knows which, floor by floor, into docs/architecture.md. With `--check` it only compares.
// A circle between rooms has no floor, and is an error.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PAGE = join(root, 'docs', 'architecture.md');
const PICTURE = /(<!-- rooms: npm run rooms -->\n)[\s\S]*?(<!-- end of rooms -->)/;

/** Tests may know everything, and are known by tests alone. */
const LEFT_OUT = ['testing', 'web-e2e'];

const rooms = readRooms();
const floors = new Map();
for (const room of rooms.keys()) floorOf(room, []);

const page = readFileSync(PAGE, 'utf8');
const drawn = page.replace(PICTURE, (_, begin, end) => `${begin}\`\`\`mermaid\n${draw()}\n\`\`\`\n${end}`);
if (!PICTURE.test(page)) fail(`${PAGE} has no place for the picture.`);
if (!process.argv.includes('--check')) writeFileSync(PAGE, drawn);
else if (drawn !== page) fail('docs/architecture.md does not show the rooms as they are: npm run rooms');

/** Each room with those that it knows, as its imports say. */
function readRooms() {
  const file = join(root, 'tmp', 'rooms.json');
  mkdirSync(dirname(file), { recursive: true });
  const command = [join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), 'graph', `--file=${file}`];
  const { status, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  if (status !== 0) fail(stderr);
  const { nodes, dependencies } = JSON.parse(readFileSync(file, 'utf8')).graph;
  const isDrawn = (name) => name in nodes && !LEFT_OUT.includes(name);
  const names = Object.keys(nodes).filter(isDrawn).sort();
  return new Map(names.map((name) => [name, [...new Set(dependencies[name].map(({ target }) => target).filter(isDrawn))].sort()]));
}

/** One above the highest room that it knows. */
function floorOf(room, above) {
  if (above.includes(room)) fail(`A circle: ${[...above, room].join(' → ')}`);
  if (!floors.has(room)) floors.set(room, 1 + Math.max(-1, ...rooms.get(room).map((below) => floorOf(below, [...above, room]))));
  return floors.get(room);
}

/** What a room knows through others as well is left out: the picture stays readable, and no floor changes. */
function draw() {
  const lines = ['flowchart BT'];
  for (let floor = 0; floor <= Math.max(...floors.values()); floor++) {
    const here = [...rooms.keys()].filter((room) => floors.get(room) === floor);
    lines.push(`  subgraph floor${floor}["floor ${floor}"]`, ...here.map((room) => `    ${room}`), '  end');
  }
  for (const [room, known] of rooms) {
    const farther = new Set(known.flatMap((below) => [...reachableFrom(below)]));
    for (const below of known) if (!farther.has(below)) lines.push(`  ${room} --> ${below}`);
  }
  return lines.join('\n');
}

function reachableFrom(room, seen = new Set()) {
  for (const below of rooms.get(room)) if (!seen.has(below)) reachableFrom(below, seen.add(below));
  return seen;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
