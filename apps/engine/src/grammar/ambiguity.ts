import { grouped } from './grouped';
import { MOST_BRANCHES } from './literal-tree';
import { unusable } from './schema';

/** A property of an object, in the order of the grammar. */
export interface Named {
  readonly name: string;
  readonly isNeeded: boolean;
  readonly rule: string;
}

/** One way to begin a value: what it begins with, and the rules within it. */
export interface Part {
  readonly kind: string;
  readonly within: readonly string[];
  readonly properties?: readonly Named[];
  /** The texts that it is one of. */
  readonly literals?: ReadonlySet<string>;
  /** How many readings it has by itself. Default 1. */
  readonly own?: number;
}

/** What a rule for a schema is: some parts, and other rules of which it is one. */
export interface Shape {
  readonly path: string;
  readonly parts: readonly Part[];
  readonly others: readonly string[];
}

/**
 * Keeps the number of readings small that an unfinished answer can have. llama.cpp follows every one of them: with
 * alternatives that begin alike they add up, and where such alternatives contain themselves they double with each level.
 */
export class Ambiguity {
  private readonly shapes = new Map<string, Shape>();
  private readonly parts = new Map<string, ReadonlySet<Part>>();
  private readonly widths = new Map<string, number>();

  note(rule: string, shape: Shape): void {
    this.shapes.set(rule, shape);
  }

  /** @throws UnusableSchema */
  check(): void {
    // what is within others was noted before them
    const rules = [...this.shapes.keys()];
    const blocks = componentsOf(rules, (rule) => this.within(rule));
    for (const rule of rules) {
      const looping = this.groups(rule).find(
        (group) => !areApart(group, this) && group.some(({ within }) => within.some((inner) => blocks.get(inner) === blocks.get(rule))),
      );
      if (looping !== undefined) throw unusable(this.pathOf(rule), 'alternatives that begin alike contain themselves');
    }
    for (let isStable = false; !isStable;) {
      isStable = true;
      for (const rule of rules) if (this.widen(rule)) isStable = false;
    }
  }

  /** All that a rule can be, those of the rules included that it is one of. */
  partsOf(rule: string): ReadonlySet<Part> {
    const known = this.parts.get(rule);
    if (known !== undefined) return known;
    const { parts = [], others = [] } = this.shapes.get(rule) ?? {};
    const all = new Set([...parts, ...others.flatMap((other) => [...this.partsOf(other)])]);
    this.parts.set(rule, all);
    return all;
  }

  private within(rule: string): string[] {
    const { parts = [], others = [] } = this.shapes.get(rule) ?? {};
    return [...others, ...parts.flatMap(({ within }) => within)];
  }

  /** Parts that an answer may be in at once. */
  private groups(rule: string): readonly Part[][] {
    const groups = [...grouped(this.partsOf(rule), ({ kind }) => kind).values()].filter(({ length }) => length > 1);
    if (groups.some(({ length }) => length > MOST_BRANCHES)) throw this.tooMany(rule);
    return groups;
  }

  private widen(rule: string): boolean {
    const before = this.widths.get(rule) ?? 1;
    const apart = [...this.partsOf(rule)].map((part) => this.widthOf(part));
    const together = this.groups(rule).map((group) => (areApart(group, this) ? group.length : group.reduce((sum, part) => sum + this.widthOf(part), 0)));
    const width = Math.max(1, ...apart, ...together);
    if (width > MOST_BRANCHES) throw this.tooMany(rule);
    this.widths.set(rule, width);
    return width > before;
  }

  private widthOf({ within, own = 1 }: Part): number {
    return within.reduce((most, rule) => Math.max(most, this.widths.get(rule) ?? 1), own);
  }

  private tooMany(rule: string): Error {
    return unusable(this.pathOf(rule), `more than ${MOST_BRANCHES} alternatives begin alike`);
  }

  private pathOf(rule: string): string {
    return this.shapes.get(rule)?.path ?? '';
  }
}

function areApart(group: readonly Part[], among: Ambiguity): boolean {
  return group.every((one, index) => group.slice(index + 1).every((other) => isApart(one, other, among)));
}

/** Whether two objects are told apart by a property before which there is nothing that contains anything. */
function isApart(one: Part, other: Part, among: Ambiguity): boolean {
  const [ours, theirs] = [one.properties ?? [], other.properties ?? []];
  for (const [index, mine] of ours.entries()) {
    const its = theirs[index];
    if (its === undefined || !mine.isNeeded || !its.isNeeded) return false;
    if (mine.name !== its.name) return true;
    const [left, right] = [flatPart(mine.rule, among), flatPart(its.rule, among)];
    if (left === undefined || right === undefined) return false;
    if (left.literals !== undefined && right.literals !== undefined && ![...left.literals].some((text) => right.literals?.has(text))) return true;
  }
  return false;
}

/** The one thing that a rule is, if that is no list and no object. */
function flatPart(rule: string, among: Ambiguity): Part | undefined {
  const [only, more] = among.partsOf(rule);
  return more === undefined && only?.within.length === 0 ? only : undefined;
}

/** By rule, a number that only those share which lead to each other (Tarjan's algorithm). */
function componentsOf(rules: readonly string[], next: (rule: string) => readonly string[]): ReadonlyMap<string, number> {
  const [found, lowest, component] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const open: string[] = [];
  const visit = (rule: string): number => {
    const known = found.get(rule);
    if (known !== undefined) return component.has(rule) ? Infinity : known;
    found.set(rule, found.size);
    open.push(rule);
    const own = found.get(rule) ?? 0;
    const low = next(rule).reduce(
      (least, inner) => Math.min(least, Math.min(visit(inner), component.has(inner) ? Infinity : (lowest.get(inner) ?? Infinity))),
      own,
    );
    lowest.set(rule, low);
    if (low === own) for (let last = open.pop(); last !== undefined; last = last === rule ? undefined : open.pop()) component.set(last, own);
    return low;
  };
  for (const rule of rules) visit(rule);
  return component;
}
