import { Component, input, model, output, signal } from '@angular/core';
import { DEFAULT_PARAMETERS, type NumericParameter, PARAMETER_RANGES, type SamplingParameters } from '@tandem/shared/contracts';
import { Button, Dialog, type DialogPlace, NumberField } from '@tandem/web/design';
import { PARAMETER_FIELDS } from './parameter-fields';

/** What a prompt is asked with. Changes hold from the next prompt on. */
@Component({
  selector: 'tandem-parameters-dialog',
  imports: [Button, Dialog, NumberField],
  templateUrl: './parameters-dialog.html',
  styleUrl: './parameters-dialog.css',
})
export class ParametersDialog {
  readonly isOpen = model.required<boolean>();
  /** For whom the values hold, in a sentence. */
  readonly lead = input.required<string>();
  readonly place = input<DialogPlace>('middle');
  readonly parameters = input.required<SamplingParameters>();
  /** What they are set back to. */
  readonly defaults = input<SamplingParameters>(DEFAULT_PARAMETERS);
  readonly system = input.required<string>();
  readonly parametersChange = output<SamplingParameters>();
  readonly systemChange = output<string>();

  protected readonly fields = signal(PARAMETER_FIELDS);
  protected readonly ranges = PARAMETER_RANGES;

  protected set(key: NumericParameter, value: number | null): void {
    this.parametersChange.emit({ ...this.parameters(), [key]: value });
  }

  protected reset(): void {
    this.parametersChange.emit(this.defaults());
    this.systemChange.emit('');
    // new fields: an old one still shows a number that was refused
    this.fields.set(PARAMETER_FIELDS.map((field) => ({ ...field })));
  }
}
