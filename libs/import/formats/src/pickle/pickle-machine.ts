import { Allowance } from './allowance';
import { type Call, callByName, type Surroundings } from './calls';
import { PickleCursor } from './pickle-cursor';
import { damagedPickle, unneededCall } from './pickle-refusals';
import { PickleStack } from './pickle-stack';
import { PickledName, PickledRecord, PickledTuple, type PickledValue } from './pickled-value';
import { isPythonsOwn } from './pythons-own';

const DICTIONARY_ENTRY_BYTES = 64;
const ITEM_BYTES = 16;
const OBJECT_BYTES = 512;
const COPIED_ITEM_BYTES = 48;

/**
 * What a pickle's instructions work on: its bytes, a stack, and what it may take. Nothing in it is looked up, imported or called: a
 * class is its name, and what the pickle would make of it a record of the name and its arguments.
 */
export class PickleMachine {
  readonly stack = new PickleStack();
  readonly allowance = new Allowance();
  readonly cursor: PickleCursor;

  constructor(
    bytes: Uint8Array,
    private readonly surroundings: Surroundings,
  ) {
    this.cursor = new PickleCursor(bytes);
  }

  push(value: PickledValue, bytes: number): void {
    this.allowance.spend(bytes);
    this.stack.push(value);
  }

  append(items: readonly PickledValue[]): void {
    const target = this.stack.top();
    const list = target instanceof PickledRecord ? target.items : target;
    if (!Array.isArray(list)) throw damagedPickle('it puts items into something that is no list');
    this.allowance.spend(items.length * ITEM_BYTES);
    for (const item of items) list.push(item);
  }

  add(items: readonly PickledValue[]): void {
    const target = this.stack.top();
    if (!(target instanceof Set)) throw damagedPickle('it puts items into something that is no set');
    this.allowance.spend(items.length * DICTIONARY_ENTRY_BYTES);
    for (const item of items) target.add(item);
  }

  setItems(pairs: readonly PickledValue[]): void {
    const target = this.stack.top();
    const entries = target instanceof PickledRecord ? target.entries : target;
    if (!(entries instanceof Map) || pairs.length % 2 !== 0) throw damagedPickle('it puts entries into something that is no dictionary');
    this.allowance.spend(pairs.length * DICTIONARY_ENTRY_BYTES);
    for (let index = 0; index + 1 < pairs.length; index += 2) entries.set(pairs[index] ?? null, pairs[index + 1] ?? null);
  }

  /** An object of a class, not yet filled: a record. */
  create(callee: PickledValue, args: PickledValue): void {
    const { name, items } = callOf(callee, args);
    const known = callByName(name, this.surroundings);
    if (known !== null) this.make(known, items);
    else if (isPythonsOwn(name)) throw unneededCall(name);
    else this.push(new PickledRecord(name, items), OBJECT_BYTES);
  }

  /** A function's result. Only those are known that make tensors, or plain data. */
  call(callee: PickledValue, args: PickledValue): void {
    const { name, items } = callOf(callee, args);
    const known = callByName(name, this.surroundings);
    if (known === null) throw unneededCall(name);
    this.make(known, items);
  }

  /** What an object is told of itself; dictionaries and tensors need none of it. */
  build(state: PickledValue): void {
    const target = this.stack.top();
    if (target instanceof PickledRecord) target.state = state;
    else if (!(target instanceof Map) && !this.surroundings.isTensor(target)) throw damagedPickle('it gives attributes to something that has none');
  }

  persistent(id: PickledValue): void {
    this.push(this.surroundings.storage(id), OBJECT_BYTES);
  }

  private make(known: Call, items: readonly PickledValue[]): void {
    // Before it is done: the same long list could be copied again and again.
    this.allowance.spend(items.reduce<number>((bytes, item) => bytes + COPIED_ITEM_BYTES * sizeOf(item), OBJECT_BYTES));
    this.stack.push(known(items));
  }
}

function sizeOf(value: PickledValue): number {
  if (value instanceof Map || value instanceof Set) return value.size;
  if (value instanceof PickledTuple) return value.items.length;
  return Array.isArray(value) || typeof value === 'string' ? value.length : 0;
}

function callOf(callee: PickledValue, args: PickledValue): { name: string; items: readonly PickledValue[] } {
  if (!(callee instanceof PickledName) || !(args instanceof PickledTuple)) throw damagedPickle('it calls something that has no name');
  return { name: callee.name, items: args.items };
}
