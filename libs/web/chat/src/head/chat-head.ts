import { Component, computed, inject } from '@angular/core';
import { describeModel, HealthNotice, ModelPicker, ModelsStore, sayIdentity, toOption } from '@tandem/web/model-status';
import { CatalogueStore, HealthStore } from '@tandem/web/data-access';
import { ChatStore } from '../chat-store';
import { ContextGauge } from './context-gauge';
import { sayAbsence } from './say-absence';

/** Who is talked with: the choice of the model, what it is, how full its context is, and what is wrong with it. */
@Component({
  selector: 'tandem-chat-head',
  imports: [ContextGauge, HealthNotice, ModelPicker],
  templateUrl: './chat-head.html',
  styleUrl: './chat-head.css',
})
export class ChatHead {
  protected readonly store = inject(ChatStore);
  private readonly catalogue = inject(CatalogueStore);
  private readonly health = inject(HealthStore);
  protected readonly models = inject(ModelsStore).models;

  protected readonly option = computed(() => {
    const card = this.store.card();
    return card && toOption(card, this.models());
  });
  protected readonly subtitle = computed(() => {
    const card = this.store.card();
    if (!card) return this.absence();
    const identity = this.health.reports().get(card.id)?.identity;
    return [describeModel(card, this.catalogue.checkpointOf(card)), sayIdentity(card, identity)].filter(Boolean).join(' · ');
  });
  private readonly absence = computed(() => {
    const conversation = this.store.conversation();
    if (this.catalogue.state().kind !== 'ready' || !conversation) return '';
    return sayAbsence(conversation.record().model, conversation.messages().size > 0, this.catalogue.cards().length > 0);
  });
}
