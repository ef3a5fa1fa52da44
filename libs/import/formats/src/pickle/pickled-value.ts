import { type SourceTensor } from '../tensor/source-tensor';

/** What a pickle says, as data. Dictionaries are Maps, lists are arrays; nothing in it holds itself, and it nests at most 200 deep. */
export type PickledValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickledValue[]
  | Map<PickledValue, PickledValue>
  | Set<PickledValue>
  | PickledTuple
  | PickledName
  | PickledRecord
  | SourceTensor;

export class PickledTuple {
  constructor(readonly items: readonly PickledValue[]) {}
}

/** A class, function or constant that the pickle names, as `module.name`. It is never looked up. */
export class PickledName {
  constructor(readonly name: string) {}
}

/** An object of some class, inert: what it would be made from, and what it holds. */
export class PickledRecord {
  /** What `__setstate__` would get; for most classes a Map of the attributes. */
  state: PickledValue = null;
  /** Of a class that is a dictionary or a list, what was put into it. */
  readonly entries = new Map<PickledValue, PickledValue>();
  readonly items: PickledValue[] = [];

  constructor(
    readonly className: string,
    readonly args: readonly PickledValue[],
  ) {}
}
