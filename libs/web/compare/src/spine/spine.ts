import { Component, computed, input, output } from '@angular/core';
import { type ModelCard } from '@tandem/shared/contracts';
import { Button, Icon, Menu, type MenuItem } from '@tandem/web/design';
import { FigureLine } from '@tandem/web/scores/pair';
import { isVeiled } from '../blind/blind-turn';
import { SIDES } from '../side/sides';
import { isPhone } from '../stage/narrow';
import { choicesOf, isSameChoice } from '../turn/go-on';
import { type GoOn, type TurnView } from '../turn/turn-view';
import { type View } from '../views/view';
import { obstacleToViews } from '../views/shown-view';
import { ViewSwitch } from '../views/view-switch';
import { figuresOf } from './figures';
import { sideLinesOf } from './side-lines';
import { sayChoice, sayLasting, sayQuestion, sayRevealed } from './spine-words';

/** What asks for the same again, in the menu of a phone. */
const REPEAT = 'repeat';

/** How the answers of an ended turn differ, and what the next prompt goes on from. */
@Component({
  selector: 'tandem-spine',
  imports: [Button, FigureLine, Icon, Menu, ViewSwitch],
  templateUrl: './spine.html',
  styleUrl: './spine.css',
})
export class Spine {
  readonly turn = input.required<TurnView>();
  readonly cards = input.required<ReadonlyMap<string, ModelCard>>();
  /** Whether the next prompt goes on from this turn. */
  readonly isLast = input(false);
  /** Whether anything is being made: nothing is to be begun meanwhile. */
  readonly isBusy = input(false);
  readonly isMeasuring = input(false);
  /** How often the prompt is asked where it is measured. */
  readonly repeats = input.required<number>();

  readonly goOn = output<GoOn>();
  readonly repeat = output();
  /** How the answers are to be shown. */
  readonly view = output<View>();
  /** Where the answers part is to be seen. */
  readonly seek = output();

  protected readonly other = SIDES[1];
  protected readonly isPhone = isPhone;
  /** Whether nothing may be told of the answers but their words. */
  protected readonly isVeiled = computed(() => isVeiled(this.turn()));
  protected readonly figures = computed(() => (this.isVeiled() ? [] : figuresOf(this.turn(), this.cards())));
  /** Whether its place can be shown. */
  protected readonly hasPlace = computed(() => obstacleToViews(this.turn()) === '');
  protected readonly question = computed(() => sayQuestion(this.turn()));
  protected readonly lasting = computed(() => sayLasting(this.turn()));
  protected readonly revealed = computed(() => sayRevealed(this.turn(), this.cards()));
  protected readonly lines = computed(() => sideLinesOf(this.turn(), this.cards(), this.repeats(), this.isMeasuring()));
  protected readonly choices = computed(() => {
    const [turn, isLast] = [this.turn(), this.isLast()];
    if (!isLast) return [];
    const chosen = turn.goOn ?? (this.question() ? undefined : { kind: 'own' as const });
    return choicesOf(turn).map((choice) => ({ choice, words: sayChoice(choice, turn), isChosen: chosen !== undefined && isSameChoice(choice, chosen) }));
  });
  protected readonly items = computed((): readonly MenuItem[] =>
    this.isPhone() ? this.itemsOfPhone() : this.choices().map(({ words }) => ({ id: words, label: words, icon: 'forward' })),
  );
  protected readonly chosen = computed(() => this.choices().find(({ isChosen }) => isChosen)?.words);

  protected openMenu(menu: Menu, { currentTarget }: Event): void {
    if (currentTarget instanceof Element) menu.openAt(currentTarget);
  }

  protected choose(words: string): void {
    if (words === REPEAT) return this.repeat.emit();
    const found = this.choices().find((each) => each.words === words);
    if (found) this.goOn.emit(found.choice);
  }

  /** All that has a button of its own where there is room, but a question. */
  private itemsOfPhone(): readonly MenuItem[] {
    const repeat: MenuItem = { id: REPEAT, label: `Repeat ${this.repeats()}×`, icon: 'retry' };
    const choices = this.question() || this.choices().length < 2 ? [] : this.choices();
    return [
      ...(this.figures().length > 0 ? [repeat] : []),
      ...choices.map(({ words, isChosen }): MenuItem => ({ id: words, label: `Continue from: ${words}`, icon: isChosen ? 'check' : 'forward' })),
    ];
  }
}
