import { Component, input, model } from '@angular/core';
import { type MarkKind, StatusMark } from '@tandem/web/design';
import { type Side, type SideId } from '../side/sides';

export interface PaneTab {
  readonly side: Side;
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
  readonly shown = model.required<SideId>();

  protected switchByArrow(event: KeyboardEvent): void {
    const at = this.tabs().findIndex(({ side }) => side.id === this.shown());
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const side = next === undefined ? undefined : this.tabs().at(next % this.tabs().length)?.side;
    if (!side) return;
    event.preventDefault();
    this.shown.set(side.id);
    document.getElementById(`tab-${side.id}`)?.focus();
  }
}
