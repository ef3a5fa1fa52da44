/** A checkpoint of a training, by the step that its name tells. */
export interface StepOf {
  readonly checkpoint: string;
  readonly step: number;
}

export interface CheckpointSeries {
  /** What the names have in common: with a star for the step. */
  readonly name: string;
  /** In the order of their steps; at least two. */
  readonly steps: readonly StepOf[];
}

/** `run-step-1000.gguf`, `ckpt_2000.pt`, `run/checkpoint-500/model.safetensors`: the last such word counts. */
const STEP = /^(.*(?:^|[^a-z])(?:steps?|iter|iterations?|epoch|checkpoint|ckpt)[-_. ]?)(\d{1,12})(?!\d)(.*)$/i;

/** The checkpoints that a training left step after step, recognised by their names alone: names that differ in the step and in nothing else. */
export function checkpointSeries(names: readonly string[]): readonly CheckpointSeries[] {
  const found = new Map<string, StepOf[]>();
  for (const checkpoint of names) {
    const [, before = '', step, after = ''] = STEP.exec(checkpoint) ?? [];
    if (step === undefined) continue;
    const name = `${before}*${after}`;
    found.set(name, [...(found.get(name) ?? []), { checkpoint, step: Number(step) }]);
  }
  return [...found].filter(([, steps]) => steps.length > 1).map(([name, steps]) => ({ name, steps: steps.sort((one, other) => one.step - other.step) }));
}
