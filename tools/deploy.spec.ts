import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every variable that Tandem reads, set or commented out; beside them only the AWS SDK's own are given. */
const known = new Set([...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
const unknown = (names: readonly string[]) => names.filter((name) => !known.has(name) && !name.startsWith('AWS_'));

interface Container {
  readonly env?: readonly { name: string; value?: string }[];
  readonly [field: string]: unknown;
}

describe('deploy/kubernetes/tandem.yaml', () => {
  const documents = parseAllDocuments(read('deploy/kubernetes/tandem.yaml')).map((document) => document.toJS() as { kind: string });
  const models = { Deployment, Service, ServiceAccount, PodDisruptionBudget, HorizontalPodAutoscaler } as const;

  it.each(documents.map((document) => [document.kind, document] as const))('has a %s as Kubernetes wants it', (kind, document) => {
    const Model = models[kind as keyof typeof models] as unknown as new (data: object) => { validate(): void };
    expect(() => new Model(document).validate()).not.toThrow();
  });

  const deployment = documents.find(({ kind }) => kind === 'Deployment') as unknown as { spec: { template: { spec: { containers: Container[]; terminationGracePeriodSeconds: number } } } };
  const { containers, terminationGracePeriodSeconds } = deployment.spec.template.spec;
  const env = containers[0]?.env ?? [];

  it('names variables that there are, and leaves time to end', () => {
    expect(unknown(env.map(({ name }) => name))).toEqual([]);
    const seconds = (name: string) => Number(env.find((variable) => variable.name === name)?.value);
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(seconds('SHUTDOWN_DELAY_SECONDS') + seconds('SHUTDOWN_GRACE_SECONDS') + 5);
  });
});

describe('deploy/ecs-task-definition.json', () => {
  const [container] = (JSON.parse(read('deploy/ecs-task-definition.json')) as { containerDefinitions: { environment: { name: string; value: string }[]; secrets: { name: string }[]; stopTimeout: number; user: string; readonlyRootFilesystem: boolean }[] }).containerDefinitions;

  it('names variables that there are, runs as nobody, and leaves time to end', () => {
    expect(unknown([...(container?.environment ?? []), ...(container?.secrets ?? [])].map(({ name }) => name))).toEqual([]);
    const seconds = (name: string) => Number(container?.environment.find((variable) => variable.name === name)?.value);
    expect(container?.stopTimeout).toBeGreaterThanOrEqual(seconds('SHUTDOWN_DELAY_SECONDS') + seconds('SHUTDOWN_GRACE_SECONDS') + 5);
    expect(container).toMatchObject({ user: '10001:10001', readonlyRootFilesystem: true });
  });
});

describe('compose.yaml', () => {
  const { services } = parse(read('compose.yaml')) as { services: Record<string, { environment?: Record<string, string>; volumes?: string[] }> };

  it('names variables that there are, and files that are there', () => {
    expect(unknown(Object.keys(services['tandem']?.environment ?? {}))).toEqual([]);
    const files = Object.values(services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? '')).filter((path) => path.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(() => JSON.parse(read(file)) as unknown).not.toThrow();
  });
});
