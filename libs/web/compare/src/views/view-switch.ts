import { Component, computed, input, output } from '@angular/core';
import { Choices } from '@tandem/web/design';
import { isPhone } from '../stage/narrow';
import { type TurnView } from '../turn/turn-view';
import { obstacleToViews, shownView } from './shown-view';
import { type View, VIEWS } from './view';

/** How the answers of a turn are to be shown; where they can be shown in one way only, why. */
@Component({
  selector: 'tandem-view-switch',
  imports: [Choices],
  templateUrl: './view-switch.html',
  styleUrl: './view-switch.css',
  host: { '[class.worded]': "isPhone() && obstacle() !== ''" },
})
export class ViewSwitch {
  readonly turn = input.required<TurnView>();
  readonly choose = output<View>();

  protected readonly isPhone = isPhone;
  protected readonly views = VIEWS;
  protected readonly shown = computed(() => shownView(this.turn()));
  protected readonly obstacle = computed(() => obstacleToViews(this.turn()));

  protected take(value: string): void {
    const found = VIEWS.find((view) => view.value === value);
    if (found) this.choose.emit(found.value);
  }
}
