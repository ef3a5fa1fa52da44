import { elementCount, RefusedCheckpoint, type SourceTensor } from '@tandem/import/formats';
import { type Rows, rowsOf } from './rows';

const NAMED = 3;

/**
 * The tensors of a model by the names its project gave them. It remembers which were asked for: whatever is left at the end
 * belongs to a model that is not understood, and converting the rest would give another one that talks.
 */
export class Weights {
  private readonly used = new Set<string>();
  private elements = 0;

  constructor(private readonly tensors: ReadonlyMap<string, SourceTensor>) {}

  get names(): IterableIterator<string> {
    return this.tensors.keys();
  }

  /** Elements of all that was taken so far. */
  get parameters(): number {
    return this.elements;
  }

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  /** How many there are of something that is counted from 0 in names: `count(/^layers\.(\d+)\./)`. */
  count(pattern: RegExp): number {
    let count = 0;
    for (const name of this.names) count = Math.max(count, Number(pattern.exec(name)?.[1] ?? -1) + 1);
    return count;
  }

  /** The sizes of a tensor, without having used it. */
  shape(name: string): readonly number[] {
    return this.tensor(name).shape;
  }

  rows(name: string): number {
    return this.shape(name)[0] ?? 1;
  }

  cols(name: string): number {
    return this.shape(name).at(-1) ?? 1;
  }

  matrix(name: string, rows: number, cols: number): Rows {
    return this.take(name, [rows, cols]);
  }

  vector(name: string, length: number): Rows {
    return this.take(name, [length]);
  }

  vectorIfThere(name: string, length: number): Rows | undefined {
    return this.has(name) ? this.vector(name, length) : undefined;
  }

  /** Passes over tensors that are no part of the answer, such as masks that the code computes again. */
  leaveOut(pattern: RegExp): void {
    for (const name of this.names) if (pattern.test(name)) this.used.add(name);
  }

  /** @throws RefusedCheckpoint naming tensors that nobody asked for. */
  refuseRest(): void {
    const rest = [...this.names].filter((name) => !this.used.has(name));
    if (rest.length === 0) return;
    const named = rest.slice(0, NAMED).join(', ');
    throw new RefusedCheckpoint(
      'weights',
      `The checkpoint holds weights that this family of models does not have (${named}${rest.length > NAMED ? `, and ${rest.length - NAMED} more` : ''}); left out, they would make it another model.`,
    );
  }

  private take(name: string, shape: readonly number[]): Rows {
    const tensor = this.tensor(name);
    if (tensor.shape.join() !== shape.join()) {
      throw new RefusedCheckpoint(
        'weights',
        `${name} is ${tensor.shape.join('×')} where ${shape.join('×')} belongs: the configuration and the weights do not fit together.`,
      );
    }
    if (!this.used.has(name)) this.elements += elementCount(tensor);
    this.used.add(name);
    return rowsOf(tensor);
  }

  private tensor(name: string): SourceTensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new RefusedCheckpoint('weights', `The checkpoint lacks ${name}.`);
    return tensor;
  }
}
