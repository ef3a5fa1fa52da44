import { Component, computed, input, output } from '@angular/core';

export interface Choice<T extends string = string> {
  readonly value: T;
  readonly label: string;
  /** What it means, where its label alone does not say. */
  readonly hint?: string;
}

let count = 0;

/** One of a few, all in view: side by side, or below each other where they need a word of explanation. */
@Component({
  selector: 'tandem-choices',
  templateUrl: './choices.html',
  styleUrls: ['./chosen.css', './choices.css'],
  host: { '[class.stacked]': 'isStacked()' },
})
export class Choices<T extends string> {
  readonly legend = input.required<string>();
  readonly choices = input.required<readonly Choice<T>[]>();
  readonly chosen = input.required<T>();
  /** Whether the legend is seen; else it is only read out. */
  readonly isLegendShown = input(true);
  /** Why nothing else can be chosen now; empty where it can. */
  readonly obstacle = input('');
  readonly choose = output<T>();

  protected readonly group = `choices-${++count}`;
  protected readonly isStacked = computed(() => this.choices().some(({ hint }) => hint !== undefined));
}
