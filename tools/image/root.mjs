// A file tree that stands in for an image while it is made: Debian's own packages in a folder, entered by chroot.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from './dockerfile.mjs';

const project = dirname(dirname(dirname(new URL(import.meta.url).pathname)));
const cache = join(homedir(), '.cache', 'tandem');
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What the slim image of Debian leaves out as well. */
const LEFT_OUT = ['usr/share/doc', 'usr/share/man', 'usr/share/info', 'usr/share/locale', 'var/cache/apt', 'var/lib/apt/lists'];

/** Fills `folder` with what `image` holds. Debian itself is fetched once and kept. */
export function makeBase(image, folder) {
  const debian = join(cache, 'bookworm');
  if (!existsSync(join(debian, 'complete'))) {
    rmSync(debian, { recursive: true, force: true });
    mkdirSync(debian, { recursive: true });
    must('debootstrap', ['--variant=minbase', 'bookworm', join(debian, 'root')]);
    for (const name of LEFT_OUT) rmSync(join(debian, 'root', name), { recursive: true, force: true });
    mkdirSync(join(debian, 'complete'));
  }
  mkdirSync(dirname(folder), { recursive: true });
  must('cp', ['-a', join(debian, 'root'), folder]);
  const [name = ''] = image.split('@');
  if (/^node:24[.\d]*-bookworm-slim$/.test(name)) {
    // The Node that the project brings is the same release line; npm is the machine's own.
    must('install', ['-D', join(project, 'node_modules/node/bin/node'), join(folder, 'usr/local/bin/node')]);
    const npm = realpathSync(spawnSync('/bin/sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim());
    must('cp', ['-a', dirname(dirname(npm)), join(folder, 'usr/local/lib/npm')]);
    for (const name of ['npm', 'npx']) must('ln', ['-s', `/usr/local/lib/npm/bin/${name}-cli.js`, join(folder, 'usr/local/bin', name)]);
  } else if (name !== 'debian:bookworm-slim') {
    fail(`no stand-in for the image ${image}`);
  }
}

/** Certificates that this machine trusts beside the usual ones, and where a build step finds them. */
const TRUST = [process.env.NODE_EXTRA_CA_CERTS, process.env.SSL_CERT_FILE].find((path) => path && existsSync(path));
const LENT_TRUST = '/run/lent-certificates.pem';
const LENT_VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** How the machine reaches its registries, lent to a build step and not left in the image. */
function loans(folder) {
  const files = ['/etc/resolv.conf', '/etc/hosts'].map((path) => [path, path]);
  if (TRUST) files.push([TRUST, LENT_TRUST]);
  const npmrc = join(homedir(), '.npmrc');
  if (existsSync(npmrc)) files.push([npmrc, '/root/.npmrc']);
  const npmCache = join(homedir(), '.npm');
  mkdirSync(npmCache, { recursive: true });
  return [...files, [npmCache, '/root/.npm']]
    .map(
      ([from, to]) => `
    mkdir -p "$(dirname "${folder}${to}")"; ${from === npmCache ? 'mkdir -p' : 'touch'} "${folder}${to}"; mount --bind "${from}" "${folder}${to}"`,
    )
    .join('');
}

/** A build step: as root, with the network. */
export function runStep(folder, workdir, environment, command) {
  const lent = Object.fromEntries(LENT_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  if (TRUST) Object.assign(lent, { NODE_EXTRA_CA_CERTS: LENT_TRUST, SSL_CERT_FILE: LENT_TRUST });
  const inside = `mount -t proc proc "${folder}/proc"; mount --bind /dev "${folder}/dev"${loans(folder)}
    exec chroot "${folder}" /bin/sh -c "cd '${workdir}' && $STEP"`;
  must('unshare', ['--mount', '/bin/sh', '-ec', inside], { ...lent, ...environment, PATH, HOME: '/root', STEP: command, DEBIAN_FRONTEND: 'noninteractive' });
}

/** Starts a command as the image's user would: as process 1, on a read-only tree with an empty `/tmp`. */
export function startInside(folder, { workdir, user, environment, command }) {
  const inside = `mount --bind "${folder}" "${folder}"; mount -o remount,bind,ro "${folder}"
    mount -t proc proc "${folder}/proc"; mount --bind /dev "${folder}/dev"; mount -t tmpfs tmpfs "${folder}/tmp"
    cd "${folder}"; exec chroot --userspec="${user}" "${folder}" /usr/bin/env -C "${workdir}" "$@"`;
  return spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '/bin/sh', '-ec', inside, 'sh', ...command], {
    env: { ...environment, PATH, HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Sends a signal to the first process inside, as a container engine does. */
export function signalInside(child, signal) {
  const [first] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ');
  if (first) process.kill(Number(first), signal);
}

/** Copies as `COPY` does: a folder's content, or files into a folder; always root's. */
export function copyInto(folder, workdir, from, sources, destination, isIgnored = () => false) {
  const target = join(folder, resolve(workdir, destination));
  const intoFolder = sources.length > 1 || destination.endsWith('/') || destination === '.';
  for (const source of sources) {
    const path = join(from, source);
    if (!existsSync(path)) fail(`COPY ${source}: not there`);
    const place = intoFolder && source !== '.' ? join(target, basename(source)) : target;
    if (from === project) cpSync(path, place, { recursive: true, filter: (file) => !isIgnored(file.slice(project.length + 1)) });
    else must('/bin/sh', ['-ec', 'mkdir -p "$(dirname "$2")"; cp -a "$1" "$2"', 'sh', path, place]);
  }
}

/** What `.dockerignore` names. It holds plain paths only, or this stops. */
export function ignoredIn(text) {
  const paths = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'));
  if (paths.some((path) => /[*?!]/.test(path))) throw new Error('.dockerignore: patterns are not understood here, plain paths only');
  return (file) => paths.some((path) => file === path || file.startsWith(`${path}/`));
}

/** Bytes on disk below a folder. */
export function sizeOf(folder) {
  return Number(spawnSync('du', ['-s', '--block-size=1', folder], { encoding: 'utf8' }).stdout.split('\t')[0]);
}

export { project };

function must(command, args, env = process.env) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 15 * 60_000 });
  if (status === 0) return;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-40).join('\n');
  throw new Error(`${command} ${args.at(-1)} failed: ${error?.message ?? `status ${status}`}\n${said}`);
}
