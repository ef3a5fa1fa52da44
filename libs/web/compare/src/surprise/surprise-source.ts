import { inject, Injectable } from '@angular/core';
import { CatalogueStore } from '@tandem/web/data-access';
import { ModelsStore, toOption } from '@tandem/web/model-status';
import { type AnswerToScore, type SidesInView } from '@tandem/web/scores';
import { nameOfSide } from '../side/sides';
import { type TurnView } from '../turn/turn-view';
import { answersToScore } from './answers-to-score';
import { injectTurns } from './inject-turns';

/** What of the comparison both models are asked about. */
@Injectable()
export class SurpriseSource {
  private readonly inView = injectTurns();
  private readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);

  readonly names = { baseline: nameOfSide('baseline'), derivative: nameOfSide('derivative') };

  answersOf(turn: TurnView): readonly AnswerToScore[] {
    return answersToScore(this.inView.turns(), turn);
  }

  /** The sides with the models that answered the turn, whoever stands there now. */
  sidesOf({ answers }: TurnView): SidesInView {
    const of = (side: 'baseline' | 'derivative'): SidesInView['baseline'] => {
      const card = this.catalogue.byId().get(answers.find((answer) => answer.side === side)?.model ?? '');
      return { name: this.names[side], option: card && toOption(card, this.all.models()) };
    };
    return { baseline: of('baseline'), derivative: of('derivative') };
  }
}
