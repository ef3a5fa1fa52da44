import { computed, signal } from '@angular/core';
import { RUN_LIMITS, type ModelCard, type RunRequest, type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';

export type RunKind = 'pair' | 'variants';

/** What a run is asked with before anyone chose: the likeliest answer, so that a run can be repeated. */
export const RUN_PARAMETERS: SamplingParameters = { ...STREAM_PARAMETERS, temperature: 0 };

/** A run as it is being put together, and what is still missing of it. The first model is what the others are compared with. */
export class RunForm {
  private readonly _models = signal<readonly (string | null)[]>([null, null]);
  readonly kind = signal<RunKind>('pair');
  readonly set = signal<string | undefined>(undefined);
  readonly parameters = signal<SamplingParameters>(RUN_PARAMETERS);
  readonly repeats = signal(1);
  readonly isScored = signal(false);

  /** Those of the kind that is chosen; null for a place that is still empty. */
  readonly models = computed(() => (this.kind() === 'pair' ? this._models().slice(0, 2) : this._models()));
  readonly canGrow = computed(() => this.kind() === 'variants' && this.models().length < RUN_LIMITS.variants);
  readonly canShrink = computed(() => this.kind() === 'variants' && this.models().length > 2);

  choose(at: number, id: string | null): void {
    this._models.update((models) => models.map((model, place) => (place === at ? id : model)));
  }

  takePair(baseline: string | null, derivative: string | null): void {
    this._models.set([baseline, derivative]);
  }

  addModel(): void {
    if (this.canGrow()) this._models.update((models) => [...models, null]);
  }

  removeModel(at: number): void {
    if (this.canShrink()) this._models.update((models) => models.filter((_, place) => place !== at));
  }

  /** What is to be done first, in a sentence; empty where it can be started. */
  obstacle(cards: ReadonlyMap<string, ModelCard>): string {
    const models = this.models();
    if (models.includes(null)) return 'Choose every model.';
    const unknown = models.find((model) => model !== null && !cards.has(model));
    if (unknown) return `No model is called “${unknown}”. Choose another.`;
    if (this.kind() === 'variants' && new Set(models).size < models.length) return 'Two of the models are the same: choose another, or take one out.';
    return this.set() === undefined ? 'Choose a prompt set.' : '';
  }

  /** Why the models cannot be scored; empty where they can, as far as is known. */
  scoringObstacle(cards: ReadonlyMap<string, ModelCard>): string {
    const unable = this.models()
      .flatMap((model) => cards.get(model ?? '') ?? [])
      .find(({ scoring }) => scoring === 'none');
    return unable ? `${unable.title} cannot be scored: its server does not tell how likely a text is.` : '';
  }

  request(cards: ReadonlyMap<string, ModelCard>): RunRequest {
    const models = this.models().flatMap((model) => model ?? []);
    const [baseline = '', derivative = ''] = models;
    const { seed, stop: _, ...values } = this.parameters();
    return {
      ...(this.kind() === 'pair' ? { baseline, derivative } : { variants: models }),
      prompt_set: this.set() ?? '',
      parameters: { ...values, ...(seed === null ? {} : { seed }) },
      repeats: this.repeats(),
      score: this.isScored() && this.scoringObstacle(cards) === '',
    };
  }
}
