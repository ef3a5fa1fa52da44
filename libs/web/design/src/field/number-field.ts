import { Component, computed, input, linkedSignal, model } from '@angular/core';
import { describeRange, isInRange, type ValueRange } from '@tandem/shared/contracts';

let count = 0;

/** A number within a range. What is outside of it shows why and is not passed on. */
@Component({
  selector: 'tandem-number-field',
  templateUrl: './number-field.html',
  styleUrls: ['./field.css', './number-field.css'],
})
export class NumberField {
  readonly label = input.required<string>();
  readonly range = input.required<ValueRange>();
  /** A sentence on what the number does. */
  readonly hint = input('');
  /** What an empty field stands for; without it, empty is an error. */
  readonly emptyMeans = input<string>();
  readonly value = model.required<number | null>();

  protected readonly id = `number-${++count}`;
  protected readonly text = linkedSignal({
    source: this.value,
    computation: (value, previous?: { value: string }): string => {
      const typed = previous?.value;
      return typed !== undefined && parse(typed) === value ? typed : (value?.toString() ?? '');
    },
  });
  /** Why what is written is not taken; empty where it is. */
  readonly fault = computed(() => {
    const text = this.text().trim();
    if (text === '') return this.emptyMeans() === undefined ? `Enter ${describeRange(this.range())}.` : '';
    return isInRange(parse(text), this.range()) ? '' : `Must be ${describeRange(this.range())}.`;
  });

  protected take(text: string): void {
    this.text.set(text);
    if (this.fault() === '') this.value.set(parse(text));
  }
}

/** A decimal comma is taken for a point; an empty text for no number. */
function parse(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? null : Number(trimmed);
}
