import { Component, computed, input, model } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type GroupedCard, type Models } from '@tandem/web/model-status';
import { Dialog, StatusMark } from '@tandem/web/design';
import { compareLinkOf } from '../compare-link';
import { toRow } from '../model-row';
import { factsOf } from './model-facts';

/** One model's card in full: what it is, whom it belongs to, how it is, and where it comes from. */
@Component({
  selector: 'tandem-model-detail',
  imports: [Dialog, RouterLink, StatusMark],
  templateUrl: './model-detail.html',
  styleUrl: './model-detail.css',
})
export class ModelDetail {
  readonly member = input.required<GroupedCard>();
  readonly known = input.required<Models>();
  readonly nowMs = input.required<number>();
  readonly isOpen = model.required<boolean>();

  protected readonly card = computed(() => this.member().card);
  protected readonly row = computed(() => toRow(this.card(), this.known(), this.nowMs()));
  protected readonly facts = computed(() => {
    const { checkpointOf, reports } = this.known();
    return factsOf(this.card(), checkpointOf(this.card()), reports.get(this.card().id));
  });
  protected readonly compare = computed(() => compareLinkOf(this.member()));
}
