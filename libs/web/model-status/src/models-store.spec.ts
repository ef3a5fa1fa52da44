import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { CatalogueStore, CheckpointStore, HealthStore } from '@tandem/web/data-access';
import { ModelsStore } from './models-store';

/** How often the list was asked for by a page that begins to follow it. */
function asked(kind: 'loading' | 'ready' | 'failed', navigated: boolean): number {
  let loads = 0;
  const follow = (): void => undefined;
  TestBed.configureTestingModule({
    providers: [
      { provide: Router, useValue: { navigated } },
      { provide: CatalogueStore, useValue: { state: () => ({ kind }), load: () => (loads += 1) } },
      { provide: HealthStore, useValue: { follow } },
      { provide: CheckpointStore, useValue: { follow } },
    ],
  });
  TestBed.inject(ModelsStore).follow();
  return loads;
}

describe('the list of models', () => {
  it.each([
    ['ready', false, 0],
    ['loading', false, 1],
    ['failed', false, 1],
    ['ready', true, 1],
  ] as const)('that is %s, of a page that was gone to: %s, is asked for %s times more', (kind, navigated, loads) => {
    expect(asked(kind, navigated)).toBe(loads);
  });
});
