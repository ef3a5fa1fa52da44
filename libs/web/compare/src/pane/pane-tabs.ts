import { Component, input, model } from '@angular/core';
import { type MarkKind, StatusMark } from '@tandem/web/design';
import { type Side } from './sides';

export interface PaneTab {
  readonly side: Side;
  readonly name: string;
  readonly mark: MarkKind;
  /** What goes on with the model, where the tab has room for how far it is alone; else empty. */
  readonly doing: string;
  /** Speed while there is one, else the state in a word. */
  readonly readout: string;
}

/** Which pane is in view where there is room for one; arrow keys switch. */
@Component({
  selector: 'tandem-pane-tabs',
  imports: [StatusMark],
  templateUrl: './pane-tabs.html',
  styleUrl: './pane-tabs.css',
})
export class PaneTabs {
  readonly tabs = input.required<readonly PaneTab[]>();
  readonly shown = model.required<Side>();

  protected switchByArrow(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { side } = this.tabs()[step > 0 ? 1 : 0] ?? { side: this.shown() };
    this.shown.set(side);
    document.getElementById(`tab-${side}`)?.focus();
  }
}
