import { afterNextRender, Component, computed, inject, signal, viewChild, viewChildren } from '@angular/core';
import { CatalogueStore, HealthStore } from '@tandem/web/data-access';
import { Button, FollowScrollDirective, Icon, loadMarkdownRenderer } from '@tandem/web/design';
import { CompareStore } from './compare-store';
import { Composer } from './composer/composer';
import { isOngoing } from './pane/answer-words';
import { Pane } from './pane/pane';
import { PaneTabs } from './pane/pane-tabs';
import { toPaneView, toTab } from './pane/pane-view';
import { type Side, SIDES } from './pane/sides';
import { Swipe } from './pane/swipe';
import { summarise } from './parameters/parameter-fields';
import { ParametersDialog } from './parameters/parameters-dialog';
import { type Models } from './picker/model-options';
import { shortcutOf } from './shortcuts';
import { Start } from './start/start';
import { Unreachable } from './start/unreachable';

/** Two models, one prompt: wires the stores to what shows them. */
@Component({
  selector: 'tandem-compare-page',
  imports: [Button, Composer, FollowScrollDirective, Icon, Pane, PaneTabs, ParametersDialog, Start, Swipe, Unreachable],
  templateUrl: './compare-page.html',
  styleUrl: './compare-page.css',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class ComparePage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly health = inject(HealthStore);
  protected readonly store = inject(CompareStore);
}
