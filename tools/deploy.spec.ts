import { readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { isForbiddenHost } from '@tandem/api/endpoint';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';
import { NODE_FLAGS } from './node-flags.mjs';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every variable that Tandem reads, set or commented out; beside them only the AWS SDK's own are given. */
const known = new Set([...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
const unknown = (names: readonly string[]) => names.filter((name) => !known.has(name) && !name.startsWith('AWS_'));

interface Container {
  readonly env?: readonly { name: string; value?: string; valueFrom?: { secretKeyRef?: { key: string } } }[];
  readonly [field: string]: unknown;
}

interface Policy {
  readonly podSelector: object;
  readonly policyTypes: readonly string[];
  readonly ingress: readonly { ports: readonly { port: string }[] }[];
  readonly egress: readonly { to: readonly { ipBlock?: { except: readonly string[] } }[]; ports: readonly { port: number }[] }[];
}

interface Pod extends Container {
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds: number;
}

describe('the Dockerfile', () => {
  it('starts Node as npm start does', () => {
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]') as string[];
    expect(command).toEqual(['node', ...NODE_FLAGS, 'dist/apps/api/main.js']);
  });
});

describe('deploy/kubernetes/tandem.yaml', () => {
  const documents = parseAllDocuments(read('deploy/kubernetes/tandem.yaml')).map((document) => document.toJS() as { kind: string });
  const models = { Deployment, Service, ServiceAccount, NetworkPolicy, PodDisruptionBudget, HorizontalPodAutoscaler } as const;

  it.each(documents.map((document) => [document.kind, document] as const))('has a %s as Kubernetes wants it', (kind, document) => {
    const Model = models[kind as keyof typeof models] as unknown as new (data: object) => { validate(): void };
    expect(() => new Model(document).validate()).not.toThrow();
  });

  const the = <T>(kind: string) => documents.find((document) => document.kind === kind) as unknown as T;
  const pod = the<{ spec: { template: { spec: Pod } } }>('Deployment').spec.template.spec;
  const env = pod.containers[0]?.env ?? [];

  it('names variables that there are, and leaves time to end', () => {
    expect(unknown(env.map(({ name }) => name))).toEqual([]);
    const seconds = (name: string) => Number(env.find((variable) => variable.name === name)?.value);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(seconds('SHUTDOWN_DELAY_SECONDS') + seconds('SHUTDOWN_GRACE_SECONDS') + 5);
  });

  it('does not start without a secret that it names, so that none is open by mistake', () => {
    const secrets = env.map(({ valueFrom }) => valueFrom?.secretKeyRef).filter((ref) => ref !== undefined);
    expect(secrets.map(({ key }) => key)).toEqual(['api-key', 'access-tokens', 'admin-token']);
    for (const secret of secrets) expect(secret).not.toHaveProperty('optional');
  });

  it('has no token for Kubernetes', () => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false });
    expect(the('ServiceAccount')).toMatchObject({ automountServiceAccountToken: false });
  });

  describe('its network policy', () => {
    const { spec } = the<{ spec: Policy }>('NetworkPolicy');

    it('is for it, and lets in what comes to its port alone', () => {
      expect(spec.podSelector).toEqual({ matchLabels: { app: 'tandem' } });
      expect(spec.policyTypes.toSorted()).toEqual(['Egress', 'Ingress']);
      expect(spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(['http']);
    });

    it('lets out what looks up names and asks servers, and to no metadata address', () => {
      expect(spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53, 443, 8000]);
      const excepted = new BlockList();
      for (const { ipBlock } of spec.egress.flatMap(({ to }) => to)) {
        for (const [network = '', bits] of (ipBlock?.except ?? []).map((cidr) => cidr.split('/')))
          excepted.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
      }
      const metadata = [
        '169.254.169.254',
        '169.254.170.23',
        '168.63.129.16',
        '100.100.100.200',
        '192.0.0.192',
        'fe80::1',
        'fd00:ec2::254',
        'fd00:ec2::23',
        'fd20:ce::254',
        'fd00:42::42',
        'fd00:c1::a9fe:a9fe',
        'fd00:100::100:200',
        'fd00:a9fe:a9fe::1',
      ];
      const isExcepted = (address: string) => excepted.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
      expect(metadata.filter((address) => !isForbiddenHost(address) || !isExcepted(address))).toEqual([]);
      expect(['10.0.0.5', '8.8.8.8', 'fd12::1', '2001:db8::1'].filter(isExcepted)).toEqual([]);
    });
  });
});

describe('images of others', () => {
  const { services } = parse(read('compose.yaml')) as { services: Record<string, { image?: string }> };
  const stages = [...read('Dockerfile').matchAll(/^(?:FROM|# syntax=) *(\S+)/gm)].map(([, image = '']) => image);
  const images = [...Object.values(services).flatMap(({ image }) => image ?? []), ...stages];

  it.each(images)('%s is named by its digest', (image) => expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/));

  it('are some, and the one that builds has the Node that Tandem brings', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } };
    expect(images).toHaveLength(4);
    expect(stages[0]).toContain(`node:${devDependencies.node}-bookworm-slim@`);
  });
});

describe('deploy/ecs-task-definition.json', () => {
  const [container] = (
    JSON.parse(read('deploy/ecs-task-definition.json')) as {
      containerDefinitions: {
        environment: { name: string; value: string }[];
        secrets: { name: string }[];
        stopTimeout: number;
        user: string;
        readonlyRootFilesystem: boolean;
      }[];
    }
  ).containerDefinitions;

  it('names variables that there are, runs as nobody, and leaves time to end', () => {
    expect(unknown([...(container?.environment ?? []), ...(container?.secrets ?? [])].map(({ name }) => name))).toEqual([]);
    const seconds = (name: string) => Number(container?.environment.find((variable) => variable.name === name)?.value);
    expect(container?.stopTimeout).toBeGreaterThanOrEqual(seconds('SHUTDOWN_DELAY_SECONDS') + seconds('SHUTDOWN_GRACE_SECONDS') + 5);
    expect(container).toMatchObject({ user: '10001:10001', readonlyRootFilesystem: true });
  });
});

describe('compose.yaml', () => {
  interface Service {
    readonly environment?: Record<string, string>;
    readonly volumes?: string[];
    readonly ports?: string[];
  }
  const { services } = parse(read('compose.yaml')) as { services: Record<string, Service> };

  it('is published to this machine alone', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  it('is published to others only with tokens and a name', () => {
    const { tandem } = (parse(read('deploy/compose-public.yaml')) as { services: { tandem: Service } }).services;
    expect(tandem.ports).toHaveLength(1);
    for (const name of ['ACCESS_TOKENS', 'ADMIN_TOKEN', 'ALLOWED_HOSTS']) {
      expect(tandem.environment?.[name]).toMatch(new RegExp(`^\\$\\{${name}:\\?.+\\}$`));
      expect(services['tandem']?.environment).toHaveProperty(name);
    }
  });

  it('names variables that there are, and files that are there', () => {
    expect(unknown(Object.keys(services['tandem']?.environment ?? {}))).toEqual([]);
    const files = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''))
      .filter((path) => path.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(() => JSON.parse(read(file)) as unknown).not.toThrow();
  });
});
