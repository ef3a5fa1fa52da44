import { computed, signal } from '@angular/core';
import { type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { type SideId, SIDES } from '../side/sides';

/** What a side is asked with. */
export interface AskSettings {
  readonly parameters: SamplingParameters;
  /** System prompt; blank for none. */
  readonly system: string;
  /** Whether nothing but the models was to differ: the same seed, and nothing kept of earlier prompts. */
  readonly isParity?: true;
}

export const PLAIN_SETTINGS: AskSettings = { parameters: STREAM_PARAMETERS, system: '' };

export function isSameSettings(a: AskSettings, b: AskSettings): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What each side is asked with: the same for all while they are linked. */
export class Settings {
  private readonly _each = signal<readonly AskSettings[]>(SIDES.map(() => PLAIN_SETTINGS));
  private readonly _isLinked = signal(true);
  private readonly _isParity = signal(false);

  /** From the left side to the right one. */
  readonly each = this._each.asReadonly();
  readonly isLinked = this._isLinked.asReadonly();
  /** Whether nothing but the models is to differ. */
  readonly isParity = this._isParity.asReadonly();
  /** Whether the sides are asked with different values. */
  readonly differ = computed(() => this.each().some((settings) => !isSameSettings(settings, this.each()[0] ?? settings)));

  of(side: SideId): AskSettings {
    return this.each()[SIDES.findIndex(({ id }) => id === side)] ?? PLAIN_SETTINGS;
  }

  /** Of one side; of every one while they are linked. */
  change(side: SideId, changes: Partial<AskSettings>): void {
    this._each.update((each) => each.map((settings, at) => (this._isLinked() || SIDES[at]?.id === side ? { ...settings, ...changes } : settings)));
  }

  /** Linked again, every side takes the values of the left one. */
  link(isLinked: boolean): void {
    this._isLinked.set(isLinked);
    if (!isLinked) this._isParity.set(false);
    if (isLinked) this._each.update((each) => each.map(() => each[0] ?? PLAIN_SETTINGS));
  }

  /** What differs cannot be alike: the sides are linked with it. */
  lock(isParity: boolean): void {
    if (isParity) this.link(true);
    this._isParity.set(isParity);
  }

  take(each: readonly AskSettings[]): void {
    this._each.set(each);
    this._isLinked.set(!this.differ());
    this._isParity.update((isParity) => isParity && !this.differ());
  }

  swap(): void {
    this._each.update((each) => [...each].reverse());
  }
}
