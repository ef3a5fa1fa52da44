import type { Checkpoint, HealthReport, ModelCard, ModelStatus } from '@tandem/shared/contracts';
import type { Models } from '@tandem/web/model-status';
import { groupRows, toRow } from './model-row';

const local = (id: string, more: Partial<ModelCard> = {}): ModelCard =>
  ({
    id,
    name: id,
    title: id,
    role: 'local',
    type: 'SFT',
    endpoint: `local:${id}`,
    place: 'local',
    source: 'checkpoint',
    provider: 'local',
    context_length: 1024,
    ...more,
  }) as ModelCard;
const remote = local('far', { role: 'baseline', place: 'remote', endpoint: 'models.example.com:8000', source: 'file', provider: 'vLLM', type: null });
const file = {
  name: 'sft/a.gguf',
  loadable: true,
  reason: null,
  architecture: 'llama',
  quantization: 'Q8_0',
  parameters: 3e6,
  memory_estimate_mb: 31,
} as Checkpoint;
const TRAINED: Checkpoint = { ...file, format: 'pytorch', converted: false, conversion_mb: 260, family: 'nanogpt', assumptions: ['4 heads of 32'] };
const status = (more: Partial<ModelStatus>): ModelStatus => ({
  name: 'sft/a.gguf',
  status: 'loaded',
  loaded: true,
  progress: 1,
  error: null,
  memory_mb: 27.4,
  active_generations: 0,
  last_used: null,
  ...more,
});

function known({
  cards = [local('sft/a.gguf')],
  statuses = [],
  reports = [],
  checkpoint = file,
}: {
  cards?: ModelCard[];
  statuses?: ModelStatus[];
  reports?: HealthReport[];
  checkpoint?: Checkpoint | undefined;
} = {}): Models {
  return {
    cards,
    statuses: new Map(statuses.map((each) => [each.name, each])),
    reports: new Map(reports.map((each) => [each.model, each])),
    checkpointOf: (card) => (card.place === 'local' ? checkpoint : undefined),
  };
}

const NOW = Date.parse('2026-11-21T12:00:00Z');
const rowOf = (models: Models) => toRow(models.cards[0]!, models, NOW);

describe('a local model', () => {
  it.each([
    ['at rest', [], { state: 'not loaded', memory: '31 MB', isMemoryEstimate: true, actions: ['load'] }],
    [
      'that loads',
      [status({ status: 'loading', progress: 0.409, memory_mb: null })],
      { state: 'loading 40 %', coming: { what: 'loading', progress: 0.409 }, actions: ['cancel'] },
    ],
    ['that is loaded', [status({})], { state: 'loaded', memory: '27 MB', isMemoryEstimate: false, actions: ['unload'] }],
    ['that answers', [status({ active_generations: 2 })], { state: 'answering 2 requests', generations: 2 }],
    ['that is unloaded', [status({ status: 'unloading' })], { state: 'unloading', actions: [] }],
    ['that failed', [status({ status: 'failed', error: 'It broke.', memory_mb: null })], { state: 'failed', reason: 'It broke.', actions: ['load'] }],
  ] as const)('%s', (_, statuses, expected) => expect(rowOf(known({ statuses: [...statuses] }))).toMatchObject(expected));

  it.each([
    ['at rest', false, [], { state: 'not loaded', conversion: 'will be converted once, about 260 MB', actions: ['load'] }],
    [
      'that is converted',
      false,
      [status({ status: 'converting', progress: 0.409, memory_mb: null })],
      { state: 'converting 40 %', coming: { what: 'converting', progress: 0.409 }, actions: ['cancel'] },
    ],
    [
      'that is loaded then',
      true,
      [status({ status: 'loading', progress: 0.1, memory_mb: null })],
      { state: 'loading 10 %', coming: { what: 'loading', progress: 0.1 }, conversion: 'converted, 260 MB', actions: ['cancel'] },
    ],
    [
      'whose conversion failed',
      false,
      [status({ status: 'failed', error: 'The disk is full.', memory_mb: null })],
      { state: 'cannot be converted', mark: 'bad', reason: 'The disk is full.', actions: ['load'] },
    ],
    [
      'whose conversion could not be loaded',
      true,
      [status({ status: 'failed', error: 'It broke.', memory_mb: null })],
      { state: 'failed', reason: 'It broke.', actions: ['load'] },
    ],
  ] as const)('of PyTorch %s', (_, converted, statuses, expected) => {
    const row = rowOf(known({ checkpoint: { ...TRAINED, converted }, statuses: [...statuses] }));
    expect(row).toMatchObject({ kind: 'local · nanoGPT · llama · Q8_0 · 3M', assumptions: 'Assumed: 4 heads of 32.', ...expected });
  });

  it('of PyTorch that is refused says that it cannot be converted, why, and offers nothing', () => {
    const row = rowOf(known({ checkpoint: { ...TRAINED, loadable: false, converted: null, reason: 'There is no tokenizer: put it beside it.' } }));
    expect(row).toMatchObject({
      state: 'cannot be converted',
      reason: 'There is no tokenizer: put it beside it.',
      conversion: '',
      actions: [],
      isUsable: false,
    });
  });

  it('says why its file cannot be loaded, and offers nothing', () => {
    const row = rowOf(known({ checkpoint: { ...file, loadable: false, reason: 'Convert it first.' } }));
    expect(row).toMatchObject({ state: 'cannot be used', reason: 'Convert it first.', actions: [], isUsable: false });
  });

  it('says what its health says when something that belongs to it is missing', () => {
    const report = { model: 'sft/a.gguf', status: 'unhealthy', healthy: false, detail: 'There is no adapter.', hint: 'Put it there.' } as HealthReport;
    expect(rowOf(known({ reports: [report] }))).toMatchObject({ state: 'cannot be used', reason: 'There is no adapter. Put it there.' });
  });

  it('shows the state of the checkpoint behind a configured model', () => {
    const configured = local('tuned', { role: 'twodelta', endpoint: 'local:sft/a.gguf' });
    expect(rowOf(known({ cards: [configured], statuses: [status({})] }))).toMatchObject({ id: 'tuned', state: 'loaded' });
  });
});

describe('a remote model', () => {
  const report = (more: Partial<HealthReport>): HealthReport =>
    ({
      model: 'far',
      status: 'unhealthy',
      healthy: false,
      checked_at: '2026-11-21T11:59:00Z',
      cause: null,
      last_answer_at: null,
      identity: null,
      detail: 'Nothing listens.',
      hint: 'Start it.',
      ...more,
    }) as HealthReport;
  const rowWith = (more: Partial<HealthReport>) => rowOf(known({ cards: [remote], reports: [report(more)] }));

  it('is unknown before anything was heard of it', () =>
    expect(rowOf(known({ cards: [remote] }))).toMatchObject({ state: 'unknown', kind: 'vLLM', actions: ['check'] }));

  it('says what is wrong, since when and what to do', () => {
    expect(rowWith({ cause: 'unreachable', last_answer_at: '2026-11-21T11:55:00Z' })).toMatchObject({
      mark: 'bad',
      state: 'unreachable',
      notes: [{ title: expect.stringMatching(/^Unreachable since .* \(5 min\)$/), text: 'Nothing listens. Start it.' }],
    });
  });

  it('says why nothing is known of it', () => {
    expect(rowWith({ status: 'unknown', detail: 'It has no health route.', hint: 'Name one.' })).toMatchObject({
      state: 'unknown',
      reason: 'It has no health route. Name one.',
    });
  });

  it('says what its server says it serves, with the context it runs with', () => {
    const identity = { model: 'tuned', server: 'vLLM', version: '0.9', context_length: 8192, base: 'Base-8B' };
    expect(rowWith({ status: 'healthy', healthy: true, identity })).toMatchObject({
      identity: 'serves tuned (Base-8B) · vLLM 0.9',
      context: '8,192 context',
      state: 'healthy',
    });
  });
});

describe('groupRows', () => {
  const cards = [local('sft/a.gguf'), local('rl/b.gguf', { type: 'RL' }), remote];

  it('keeps the order of the groups, not of the list', () => {
    expect(groupRows(known({ cards }), '', NOW).map(({ name }) => name)).toEqual(['Baseline', 'Local: SFT', 'Local: RL']);
  });

  it('finds every word, in any column', () => {
    expect(groupRows(known({ cards }), 'rl LLAMA', NOW).flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(['rl/b.gguf']);
  });
});
