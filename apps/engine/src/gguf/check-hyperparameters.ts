import type { Header, MetadataValue, TensorEntry } from './header';
import { MalformedHeader } from './malformed-header';

type Metadata = ReadonlyMap<string, MetadataValue>;

/** llama.cpp's own bounds where it has some, else far above any real model: it would allocate without end before it notices. */
const LIMITS: Readonly<Record<string, number>> = {
  block_count: 512,
  context_length: 1 << 30,
  embedding_length: 1 << 20,
  'attention.head_count': 1 << 16,
  'attention.head_count_kv': 1 << 16,
};
const MOST_EXPERTS = 1_024;
const EPSILONS = ['attention.layer_norm_epsilon', 'attention.layer_norm_rms_epsilon', 'attention.group_norm_epsilon'];
const SCALINGS = new Set(['none', 'linear', 'yarn', 'longrope']);
/** Its layers count as often as they are gone through. */
const REPEATING = new Set(['hrm_text']);
/** They are trained as one kind of file and the other; without experts the count is ignored. */
const LENIENT_EXPERTS = new Set(['hunyuan_vl', 'hunyuan-dense']);

/** Refuses sizes that make llama.cpp end the process, or allocate without end. */
export function checkHyperparameters({ metadata, tensors }: Pick<Header, 'metadata' | 'tensors'>): void {
  const architecture = String(metadata.get('general.architecture'));
  const sizes = new Hyperparameters(metadata, architecture);
  if (sizes.value('block_count') === undefined) throw new MalformedHeader(`it has no ${architecture}.block_count, as if it were no language model`);
  checkLimits(sizes);
  checkHeads(sizes);
  checkExperts(sizes);
  const blocks = sizes.number('block_count') ?? 0;
  if ((sizes.number('nextn_predict_layers') ?? 0) > blocks) throw sizes.wrong('nextn_predict_layers');
  for (const name of EPSILONS) {
    const epsilon = sizes.number(name);
    if (epsilon !== undefined && !(epsilon >= 0 && epsilon < 1)) throw sizes.wrong(name);
  }
  const scaling = sizes.value('rope.scaling.type');
  if (typeof scaling === 'string' && !SCALINGS.has(scaling)) throw sizes.wrong('rope.scaling.type');
  checkLayers(sizes, blocks, tensors);
}

function checkLayers(sizes: Hyperparameters, blocks: number, tensors: readonly TensorEntry[]): void {
  const present = new Set(tensors.flatMap(({ name }) => /^blk\.(\d+)\./.exec(name)?.[1] ?? []).map(Number));
  const strayed = [...present].find((block) => block >= blocks);
  if (strayed !== undefined) throw new MalformedHeader(`it has tensors of the layer ${strayed + 1}, and says that it has ${blocks} layers`);
  // Where each layer has its own number of heads, some have nothing at all.
  if (REPEATING.has(sizes.architecture) || typeof sizes.value('attention.head_count') === 'object') return;
  const missing = Array.from({ length: blocks }, (_, block) => block).find((block) => !present.has(block));
  if (missing !== undefined) throw new MalformedHeader(`it has no tensors of the layer ${missing + 1} of ${blocks}`);
}

function checkLimits(sizes: Hyperparameters): void {
  for (const [name, limit] of Object.entries(LIMITS)) {
    const value = sizes.value(name);
    // Recurrent architectures have layers without heads; some models give one count per layer.
    if (value === undefined || typeof value === 'object') continue;
    if (value === 0 && name.startsWith('attention.') && sizes.isRecurrent) continue;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > limit) throw sizes.wrong(name);
  }
}

/** Several heads may share one pair of key and value, none may have half of one. */
function checkHeads(sizes: Hyperparameters): void {
  const heads = sizes.perLayer('attention.head_count');
  const shared = sizes.perLayer('attention.head_count_kv');
  const layers = Math.max(heads.length, shared.length);
  for (let layer = 0; layer < layers; layer++) {
    const count = heads[Math.min(layer, heads.length - 1)];
    const kv = shared[Math.min(layer, shared.length - 1)];
    if (count === undefined || kv === undefined || kv === 0) continue;
    if (kv < 0 || count % kv !== 0) throw new MalformedHeader(`its ${count} heads cannot share ${kv} keys and values`);
  }
}

function checkExperts(sizes: Hyperparameters): void {
  const count = sizes.number('expert_count') ?? 0;
  const used = Math.max(0, ...sizes.perLayer('expert_used_count'));
  if (count <= 1 && LENIENT_EXPERTS.has(sizes.architecture)) return;
  if (count > MOST_EXPERTS) throw sizes.wrong('expert_count');
  if (used > count || (count > 0 && used < 1)) throw new MalformedHeader(`it uses ${used} of its ${count} experts`);
  const groups = sizes.number('expert_group_count') ?? 0;
  if (groups > 0 && groups >= count) throw sizes.wrong('expert_group_count');
  if (groups <= 1) return;
  if (count % groups !== 0) throw sizes.wrong('expert_group_count');
  const usedGroups = sizes.number('expert_group_used_count') ?? 0;
  if (usedGroups < 1 || usedGroups >= groups) throw sizes.wrong('expert_group_used_count');
}

class Hyperparameters {
  constructor(
    private readonly metadata: Metadata,
    readonly architecture: string,
  ) {}

  get isRecurrent(): boolean {
    return this.value('ssm.state_size') !== undefined || this.value('wkv.head_size') !== undefined;
  }

  value(name: string): MetadataValue | undefined {
    return this.metadata.get(`${this.architecture}.${name}`);
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** One for all layers, or one for each. */
  perLayer(name: string): readonly number[] {
    const value = this.value(name);
    return typeof value === 'number' ? [value] : typeof value === 'object' ? (value.numbers ?? []) : [];
  }

  wrong(name: string): MalformedHeader {
    return new MalformedHeader(`its ${this.architecture}.${name} is ${String(this.value(name))}`);
  }
}
