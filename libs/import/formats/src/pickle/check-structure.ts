import { damagedPickle, oversizedPickle } from './pickle-refusals';
import { PickledRecord, PickledTuple, type PickledValue } from './pickled-value';

const MAX_DEPTH = 200;
const MAX_CONTAINERS = 250_000;
/** Values, counting what is held in two places twice. */
const MAX_UNFOLDED = 5_000_000;

interface Measure {
  depth: number;
  unfolded: number;
}

interface Visit {
  readonly container: object;
  readonly held: readonly PickledValue[];
  readonly measure: Measure;
  next: number;
}

/**
 * Refuses a value that holds itself, nests too deep, or would be endless if it were written out: whoever walks through it afterwards
 * need not think of that. Does not call itself, so that the value cannot make it fail.
 */
export function checkStructure(root: PickledValue): void {
  const measures = new Map<object, Measure | null>();
  const path: Visit[] = [];
  const enter = (container: object): void => {
    if (path.length >= MAX_DEPTH) throw oversizedPickle(`nested over ${MAX_DEPTH} deep`);
    if (measures.size >= MAX_CONTAINERS) throw oversizedPickle(`one with over ${MAX_CONTAINERS} lists and dictionaries`);
    measures.set(container, null);
    path.push({ container, held: heldBy(container), measure: { depth: 0, unfolded: 1 }, next: 0 });
  };
  if (isContainer(root)) enter(root);
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const value = visit.held[visit.next];
    if (value === undefined) {
      path.pop();
      measures.set(visit.container, visit.measure);
      include(path.at(-1), visit.measure);
    } else {
      visit.next += 1;
      const known = isContainer(value) ? measures.get(value) : LEAF;
      if (known === null) throw damagedPickle('something in it holds itself');
      if (known !== undefined) include(visit, known);
      else if (isContainer(value)) enter(value);
    }
  }
}

const LEAF: Measure = { depth: 0, unfolded: 1 };

function include(visit: Visit | undefined, { depth, unfolded }: Measure): void {
  if (visit === undefined) return;
  visit.measure.depth = Math.max(visit.measure.depth, depth + 1);
  visit.measure.unfolded += unfolded;
  if (visit.measure.depth > MAX_DEPTH) throw oversizedPickle(`nested over ${MAX_DEPTH} deep`);
  if (visit.measure.unfolded > MAX_UNFOLDED) throw oversizedPickle(`one of over ${MAX_UNFOLDED} values when it is unfolded`);
}

const CONTAINERS = [Array, Map, Set, PickledTuple, PickledRecord];

function isContainer(value: PickledValue): value is Extract<PickledValue, object> {
  return typeof value === 'object' && CONTAINERS.some((container) => value instanceof container);
}

function heldBy(container: object): readonly PickledValue[] {
  if (Array.isArray(container)) return container;
  if (container instanceof PickledTuple) return container.items;
  if (container instanceof Set) return [...container];
  if (container instanceof Map) return heldByEntries(container);
  if (container instanceof PickledRecord) return [...container.args, container.state, container.entries, container.items];
  return [];
}

function heldByEntries(entries: ReadonlyMap<PickledValue, PickledValue>): readonly PickledValue[] {
  const held: PickledValue[] = [];
  for (const [key, value] of entries) held.push(key, value);
  return held;
}
