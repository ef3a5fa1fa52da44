import { Service, signal } from '@angular/core';
import { type SideAnswer, type TurnView } from '../turn/turn-view';

const KEY = 'tandem.compare.copies';

/** Of how many comparisons it is known that the server keeps them. */
const MOST = 200;

/** A turn as it was when it was kept: who answered it, and how far. */
export interface CopiedTurn {
  readonly id: string;
  readonly baseline: string;
  readonly derivative: string;
}

/** What the server keeps of a comparison of this browser. */
export interface KeptCopy {
  /** What the server calls it. */
  readonly id: string;
  /** Whose votes count there. */
  readonly baseline: string;
  readonly derivative: string;
  readonly turns: readonly CopiedTurn[];
}

/** Where a turn is found on the server. */
export interface TurnPlace {
  readonly comparison: string;
  /** From 0. */
  readonly turn: number;
  /** Whether the derivative stands on the left of the page. */
  readonly isCrossed: boolean;
}

type Copies = Readonly<Record<string, readonly KeptCopy[]>>;

/** Which comparisons of this browser the server keeps, and as what; all tabs know the same. */
@Service()
export class KeptCopies {
  private readonly all = signal(read());

  constructor() {
    addEventListener('storage', ({ key }) => {
      if (key === KEY) this.all.set(read());
    });
  }

  /** The latest last. */
  of(comparison: string): readonly KeptCopy[] {
    const all = this.all();
    return Object.hasOwn(all, comparison) ? (all[comparison] ?? []) : [];
  }

  add(comparison: string, copy: KeptCopy): void {
    const { [comparison]: before = [], ...others } = read();
    this.write({ ...Object.fromEntries(Object.entries(others).slice(1 - MOST)), [comparison]: [...before, copy] });
  }

  /** The server keeps it no longer. */
  forget(id: string): void {
    const left = Object.entries(read()).map(([comparison, copies]) => [comparison, copies.filter((copy) => copy.id !== id)] as const);
    this.write(Object.fromEntries(left.filter(([, copies]) => copies.length > 0)));
  }

  private write(all: Copies): void {
    this.all.set(all);
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      // storage is full or blocked: it is known as long as the page lives
    }
  }
}

/** @param isCrossed whether the derivative stands on the left */
export function copiedTurn({ id, answers }: TurnView, isCrossed: boolean): CopiedTurn {
  const [left, right] = marksOf(answers);
  return isCrossed ? { id, baseline: right, derivative: left } : { id, baseline: left, derivative: right };
}

/** Where the server keeps a turn as it is now, in each copy that has it; the latest last. */
export function placesOf(copies: readonly KeptCopy[], { id, answers }: TurnView): readonly TurnPlace[] {
  const [left, right] = marksOf(answers);
  return copies.flatMap((copy): readonly TurnPlace[] => {
    const turn = copy.turns.findIndex((each) => each.id === id);
    const kept = copy.turns[turn];
    if (kept?.baseline === left && kept.derivative === right) return [{ comparison: copy.id, turn, isCrossed: false }];
    return kept?.baseline === right && kept.derivative === left ? [{ comparison: copy.id, turn, isCrossed: true }] : [];
  });
}

/** What tells an answer from one that is asked for anew, from left to right. */
function marksOf(answers: readonly SideAnswer[]): readonly [string, string] {
  const mark = (side: string): string => {
    const asked = answers.find((each) => each.side === side);
    if (!asked) return '';
    const { model, earlier, answer } = asked;
    return [model, earlier.length, answer.state.kind, answer.text.length, Math.round(answer.firstTokenMs ?? 0)].join(' ');
  };
  return [mark('baseline'), mark('derivative')];
}

function read(): Copies {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Copies) : {};
  } catch {
    return {};
  }
}
