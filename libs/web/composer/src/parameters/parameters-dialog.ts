import { Component, input, model, output, viewChild } from '@angular/core';
import { DEFAULT_PARAMETERS, type SamplingParameters } from '@tandem/shared/contracts';
import { Dialog, type DialogPlace } from '@tandem/web/design';
import { ParameterSet } from './parameter-set';
import { ParametersFoot } from './parameters-foot';

/** What a prompt is asked with. Changes hold from the next prompt on. */
@Component({
  selector: 'tandem-parameters-dialog',
  imports: [Dialog, ParameterSet, ParametersFoot],
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

  private readonly set = viewChild.required(ParameterSet);

  protected reset(): void {
    this.parametersChange.emit(this.defaults());
    this.systemChange.emit('');
    this.set().reset();
  }

  /** What is not valid stays, and is said: it is not in force. */
  protected close(): void {
    if (this.set().faults().length === 0) this.isOpen.set(false);
    else this.set().focusFault();
  }
}
