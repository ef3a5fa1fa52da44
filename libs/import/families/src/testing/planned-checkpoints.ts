import { type CheckpointFile, elementCount, openCheckpoint, type PlannedTensor, type SourceTensor } from '@tandem/import/formats';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import { CHECKPOINT_FIXTURES_FOLDER, type CheckpointFixture, checkpointFixture } from '@tandem/testing';
import { findBeside } from '../beside/find-beside';
import type { Model } from '../model';
import { namedWeights } from '../named-weights';
import { planModel } from '../plan-model';
import { weightsAt } from '../weights-at';

type Matrix = number[][];

/** A checkpoint beside the GGUF that is planned of it, both to be read by name, row by row of the last dimension. */
export interface PlannedCheckpoint {
  readonly model: Model;
  readonly parameters: number;
  readonly names: readonly string[];
  of(name: string): PlannedTensor;
  planned(name: string): Matrix;
  source(name: string): Matrix;
  /** What the GGUF says under this key. */
  says(key: string): unknown;
}

/** Plans checkpoints for the tests of one file, and closes them behind each. In 32 bits nothing is rounded. */
export function plannedCheckpoints(): (path: string, root: string, type?: ConvertedType) => PlannedCheckpoint {
  const opened: CheckpointFile[] = [];
  afterEach(() => opened.splice(0).forEach((file) => file.close()));
  return (path, root, type = 'f32') => {
    const weights = weightsAt(path);
    const file = openCheckpoint(weights);
    opened.push(file);
    const sources = namedWeights(file).tensors;
    const { model, parameters, tensors } = planModel(file, findBeside(weights, root), type, true);
    const of = (name: string): PlannedTensor => named(new Map(tensors.map((tensor) => [tensor.name, tensor])), name);
    return {
      model,
      parameters,
      names: tensors.map(({ name }) => name),
      of,
      planned: (name) => inRows(floatsOf(of(name)), of(name).shape),
      source: (name) => sourceRows(named(sources, name)),
      says: (key) => model.metadata.entries.get(key)?.value,
    };
  };
}

/** The same for checkpoints as they are shipped with the tests. */
export function plannedFixtures(): (name: CheckpointFixture, type?: ConvertedType) => PlannedCheckpoint {
  const plan = plannedCheckpoints();
  return (name, type) => plan(checkpointFixture(name).path, CHECKPOINT_FIXTURES_FOLDER, type);
}

export function pick<Row>(rows: readonly Row[], ...places: readonly number[]): Row[] {
  return places.map((place) => rows[place] as Row);
}

export function turned(matrix: Matrix): Matrix {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? NaN));
}

/** left · right, the slow way. */
export function times(left: Matrix, right: Matrix): Matrix {
  const columns = turned(right);
  return left.map((row) => columns.map((column) => Math.fround(row.reduce((sum, value, at) => sum + value * (column[at] ?? NaN), 0))));
}

function named<Thing>(things: ReadonlyMap<string, Thing>, name: string): Thing {
  const one = things.get(name);
  if (one === undefined) throw new Error(`There is no ${name} among ${[...things.keys()].join(', ')}.`);
  return one;
}

function sourceRows(tensor: SourceTensor): Matrix {
  return inRows(tensor.readF32(0, elementCount(tensor)), tensor.shape);
}

function floatsOf({ chunks }: PlannedTensor): number[] {
  return [...chunks()].flatMap((chunk) => [...(chunk instanceof Float32Array ? chunk : new Float32Array(new Uint8Array(chunk.bytes).buffer))]);
}

function inRows(values: ArrayLike<number>, shape: readonly number[]): Matrix {
  const width = shape.at(-1) ?? 1;
  return Array.from({ length: values.length / width }, (_, row) => Array.from({ length: width }, (_, at) => values[row * width + at] ?? NaN));
}
