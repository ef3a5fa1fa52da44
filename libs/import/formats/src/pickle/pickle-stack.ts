import { damagedPickle, oversizedPickle } from './pickle-refusals';
import { type PickledValue } from './pickled-value';

const MAX_HEIGHT = 1_000_000;

/** What a pickle has put down so far, and what it remembers. */
export class PickleStack {
  private readonly values: PickledValue[] = [];
  private readonly marks: number[] = [];
  /** Numbered one after the other, as every pickler does; what is numbered otherwise is apart, as its number may be any. */
  private readonly memo: PickledValue[] = [];
  private readonly scattered = new Map<number, PickledValue>();

  push(value: PickledValue): void {
    if (this.values.push(value) > MAX_HEIGHT) throw oversizedPickle(`a pile of over ${MAX_HEIGHT} values`);
  }

  pop(): PickledValue {
    const value = this.top();
    this.values.pop();
    return value;
  }

  /** The topmost ones, in the order in which they were put down. */
  take(count: number): PickledValue[] {
    if (count === 1) return [this.pop()];
    if (this.values.length - count < (this.marks.at(-1) ?? 0)) throw damagedPickle('it takes more than it put down');
    return this.values.splice(-count);
  }

  top(): PickledValue {
    const value = this.values.length > (this.marks.at(-1) ?? 0) ? this.values.at(-1) : undefined;
    if (value === undefined) throw damagedPickle('it takes more than it put down');
    return value;
  }

  mark(): void {
    if (this.marks.push(this.values.length) > MAX_HEIGHT) throw oversizedPickle(`a pile of over ${MAX_HEIGHT} marks`);
  }

  /** Everything above the last mark, which goes with it. */
  popToMark(): PickledValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw damagedPickle('it refers to a mark that it did not set');
    return this.values.splice(mark);
  }

  remember(index: number): void {
    if (index < this.memo.length) this.memo[index] = this.top();
    else if (index === this.memo.length) this.memo.push(this.top());
    else this.scattered.set(index, this.top());
  }

  rememberNext(): void {
    this.remember(this.memo.length + this.scattered.size);
  }

  recall(index: number): PickledValue {
    const value = index < this.memo.length ? this.memo[index] : this.scattered.get(index);
    if (value === undefined) throw damagedPickle('it refers to a value that it did not set');
    return value;
  }
}
