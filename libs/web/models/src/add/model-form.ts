import { computed, signal } from '@angular/core';
import { type ModelEntry, type Protocol } from '@tandem/shared/contracts';
import { type ModelSide } from '@tandem/web/data-access';

/** What is written into the form, as it is typed. */
export interface ModelFields {
  readonly side: ModelSide;
  readonly name: string;
  readonly endpoint: string;
  readonly baselineId: string;
  readonly model: string;
  readonly apiKeyEnv: string;
  readonly protocol: Protocol;
  readonly adapterFile: string;
  readonly adapterScale: number | null;
  readonly contextLength: number | null;
  readonly inputPrice: number | null;
  readonly outputPrice: number | null;
  readonly provider: string;
  readonly description: string;
}

/** What a form may begin with. */
export interface ModelBegun {
  readonly side: ModelSide;
  readonly entry: Pick<ModelEntry, 'name' | 'endpoint' | 'baseline_id' | 'adapter'>;
}

const EMPTY: ModelFields = {
  ...{ side: 'twodelta', name: '', endpoint: '', baselineId: '', model: '', apiKeyEnv: '', protocol: 'auto', adapterFile: '' },
  ...{ adapterScale: null, contextLength: null, inputPrice: null, outputPrice: null, provider: '', description: '' },
};

/** A model as it is being written down, and the entry of a configuration document that it makes. */
export class ModelForm {
  private readonly written = signal<ModelFields>(EMPTY);
  readonly fields = this.written.asReadonly();
  readonly entry = computed(() => entryOf(this.written()));
  /** The entry in its list, as a document holds it. */
  readonly json = computed(() => JSON.stringify({ [`${this.written().side}_models`]: [this.entry()] }, null, 2));

  set<K extends keyof ModelFields>(field: K, value: ModelFields[K]): void {
    this.written.update((fields) => ({ ...fields, [field]: value }));
  }

  /** Begins with what is known of an adapter at a scale of its own. */
  begin({ side, entry: { name, endpoint, baseline_id = '', adapter } }: ModelBegun): void {
    this.written.set({ ...EMPTY, side, name, endpoint, baselineId: baseline_id, adapterFile: adapter?.file ?? '', adapterScale: adapter?.scale ?? null });
  }

  clear(): void {
    this.written.set(EMPTY);
  }

  /** What must be written first, in words; empty where nothing is. */
  missing(): string {
    const { name, endpoint, adapterFile } = this.written();
    if (name.trim() === '') return 'Give the model a name.';
    if (endpoint.trim() === '') return 'Say where it is: an endpoint such as localhost:8000.';
    if (adapterFile.trim() === '' || endpoint.trim().startsWith('local:')) return '';
    return 'An adapter lies over a checkpoint of this server: name that as the endpoint, such as local:pretrain/base.gguf, or leave the adapter out.';
  }
}

/** Without what was left empty. */
function entryOf(fields: ModelFields): ModelEntry {
  const text = (value: string): string | undefined => value.trim() || undefined;
  const { side, name, endpoint, protocol, contextLength, inputPrice, outputPrice } = fields;
  const adapter = fields.adapterFile.trim() === '' ? undefined : { file: fields.adapterFile.trim(), scale: fields.adapterScale ?? undefined };
  const price = inputPrice === null || outputPrice === null ? undefined : { input: inputPrice, output: outputPrice, currency: 'USD', unit: '1M tokens' };
  const entry = {
    name: name.trim(),
    endpoint: endpoint.trim(),
    description: text(fields.description),
    provider: text(fields.provider),
    context_length: contextLength ?? undefined,
    baseline_id: side === 'twodelta' ? text(fields.baselineId) : undefined,
    price,
    adapter,
    protocol: protocol === 'auto' ? undefined : protocol,
    model: text(fields.model),
    api_key_env: text(fields.apiKeyEnv),
  };
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as unknown as ModelEntry;
}
