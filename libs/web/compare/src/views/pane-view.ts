import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { PartMissing } from '@tandem/web/design';
import { Differences } from '@tandem/web/diff';
import { type SideId, SIDES } from '../side/sides';
import { Layout } from '../stage/layout';
import { PaneSurprise } from '../surprise/pane-surprise';
import { type TurnView } from '../turn/turn-view';
import { type View } from './view';

/** Below this width the panes do not stand beside each other. */
const NARROW = matchMedia('(width < 800px)');
const isNarrow = signal(NARROW.matches);
NARROW.addEventListener('change', ({ matches }) => isNarrow.set(matches));

/** What stands in a pane in the place of an answer's text: each view is loaded when it is looked at first. */
@Component({
  selector: 'tandem-pane-view',
  imports: [Differences, PaneSurprise, PartMissing],
  templateUrl: './pane-view.html',
})
export class PaneView {
  readonly view = input.required<Exclude<View, 'text'>>();
  readonly turn = input.required<TurnView>();
  /** Whose pane it stands in. */
  readonly side = input.required<SideId>();
  /** There is something to see in the place of the text. */
  readonly shown = output();

  private readonly differences = viewChild<Differences>('differences');
  private readonly layout = inject(Layout);
  protected readonly isAlone = computed(() => (isNarrow() ? !this.layout.isStacked() : this.layout.folded() !== undefined));
  protected readonly whose = computed(() => (this.side() === SIDES[0]?.id ? 'baseline' : 'derivative'));
  /** From left to right. */
  protected readonly texts = computed(() => SIDES.map(({ id }) => this.turn().answers.find(({ side }) => side === id)?.answer.text ?? ''));

  /** Brings the first difference into view; whether there is one to be seen. */
  revealDifference(): boolean {
    return this.differences()?.reveal() ?? false;
  }
}
