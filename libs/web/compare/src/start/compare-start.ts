import { Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Start } from '@tandem/web/composer';
import { Button, copyText, Icon, StatusMark } from '@tandem/web/design';
import { ComparisonArchive } from '../history/comparison-archive';
import { PaneModels } from '../pane/pane-models';
import { SIDES } from '../side/sides';
import { sayModel, sayRelation } from './pair-card';
import { DEMO_PROMPTS, TESTING_PROMPTS } from './sample-prompts';

const CONFIG = `{
  "baseline_models": [{ "name": "Base", "endpoint": "localhost:8000" }],
  "twodelta_models": [{ "name": "Tuned", "endpoint": "localhost:8001" }]
}`;

/** How many of the latest comparisons are offered. */
const LATEST = 3;

/** What one sees before the first prompt: who is compared, and ways to begin. */
@Component({
  selector: 'tandem-compare-start',
  imports: [Button, Icon, RouterLink, Start, StatusMark],
  templateUrl: './compare-start.html',
  styleUrl: './compare-start.css',
})
export class CompareStart {
  private readonly archive = inject(ComparisonArchive);
  private readonly paneModels = inject(PaneModels);

  /** What happens first when these models are asked; empty where nothing does. */
  readonly ahead = input('');
  readonly ask = output<string>();
  /** The id of an earlier comparison. */
  readonly show = output<string>();

  protected readonly config = CONFIG;
  protected readonly isCopied = signal(false);
  protected readonly isDemo = this.paneModels.isDemoPair;
  protected readonly lead = computed(() =>
    this.isDemo()
      ? 'A small model and what fine-tuning made of it: ask once, and read both answers side by side.'
      : 'Ask once, and read two models answer side by side.',
  );
  protected readonly prompts = computed(() => (this.isDemo() ? DEMO_PROMPTS : TESTING_PROMPTS));
  protected readonly latest = computed(() => this.archive.list().slice(0, LATEST));
  /** The pair as the page of a new run takes it. */
  protected readonly forRun = computed(() => {
    const [left, right] = this.paneModels.chosen();
    return { baseline: left?.option.id, twodelta: right?.option.id };
  });
  protected readonly pair = computed(() => {
    const [left, right] = this.paneModels.chosen();
    if (this.isDemo() || !left || !right) return undefined;
    const rows = [left, right].map(({ option }, at) => ({ side: SIDES[at], title: option.title, mark: option.mark, words: sayModel(option) }));
    return { relation: sayRelation(left.option.card, right.option.card), rows };
  });

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(CONFIG));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
