import { Service, signal } from '@angular/core';

/** Under whose eyes an answer's tokens are shaded: the model that did not give it, or the one that did. */
export type ShadedUnder = 'other' | 'own';

/** What a person chose for all turns; as long as the page lives. */
@Service()
export class Shading {
  readonly under = signal<ShadedUnder>('other');
}
