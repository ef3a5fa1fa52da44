import { Component, input } from '@angular/core';
import { type SideId } from '../side/sides';
import { PaneSurprise } from '../surprise/pane-surprise';
import { type TurnView } from '../turn/turn-view';
import { type View } from './view';

/** What stands in a pane in the place of an answer's text: each view is loaded when it is looked at first. */
@Component({
  selector: 'tandem-pane-view',
  imports: [PaneSurprise],
  templateUrl: './pane-view.html',
})
export class PaneView {
  readonly view = input.required<Exclude<View, 'text'>>();
  readonly turn = input.required<TurnView>();
  /** Whose pane it stands in. */
  readonly side = input.required<SideId>();
}
