import { Component, computed, ElementRef, inject, input, output, signal, viewChildren } from '@angular/core';
import { type NumericParameter, PARAMETER_RANGES, type SamplingParameters } from '@tandem/shared/contracts';
import { NumberField } from '@tandem/web/design';
import { PARAMETER_FIELDS } from './parameter-fields';

let count = 0;

/** The sampling parameters, with a system prompt or without, each with its range. What is not valid is said, and not passed on. */
@Component({
  selector: 'tandem-parameter-set',
  imports: [NumberField],
  templateUrl: './parameter-set.html',
  styleUrl: './parameter-set.css',
})
export class ParameterSet {
  /** Whose they are; empty where that is plain. */
  readonly name = input('');
  readonly parameters = input.required<SamplingParameters>();
  /** Undefined where none goes with them. */
  readonly system = input<string>();
  readonly parametersChange = output<SamplingParameters>();
  readonly systemChange = output<string>();

  protected readonly id = `parameter-set-${++count}`;
  protected readonly fields = signal(PARAMETER_FIELDS);
  protected readonly ranges = PARAMETER_RANGES;
  private readonly boxes = viewChildren(NumberField);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** The names of the values that are not valid. */
  readonly faults = computed(() => this.boxes().flatMap((box) => (box.fault() === '' ? [] : [box.label()])));

  /** The first value that is not valid. */
  focusFault(): void {
    this.host.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  /** New fields: an old one would still show a number that was refused. */
  reset(): void {
    this.fields.set(PARAMETER_FIELDS.map((field) => ({ ...field })));
  }

  protected set(key: NumericParameter, value: number | null): void {
    this.parametersChange.emit({ ...this.parameters(), [key]: value });
  }
}
