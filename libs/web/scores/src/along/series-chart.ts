import { Component, computed, input, output } from '@angular/core';
import { type SeriesPlace, type SeriesPoint } from '@tandem/shared/contracts';
import { namePlace, positionsOf } from './axis';
import { pathOf, roundTop } from './curve';

const WIDTH = 440;
const HEIGHT = 190;
const LEFT = 52;
const RIGHT = 56;
const TOP = 12;
const BOTTOM = 32;

/** Mean KL and same top along an axis. A picture beside its table: it says nothing that does not stand there. */
@Component({
  selector: 'tandem-series-chart',
  templateUrl: './series-chart.html',
  styleUrl: './series-chart.css',
  host: { '(click)': 'pickAt($event)' },
})
export class SeriesChart {
  readonly places = input.required<readonly SeriesPlace[]>();
  /** One for each place. */
  readonly points = input.required<readonly SeriesPoint[]>();
  /** Which point was pressed, from 0. By pointer alone: the table has a button for each. */
  readonly pick = output<number>();

  protected readonly box = `0 0 ${WIDTH} ${HEIGHT}`;
  protected readonly frame = { left: LEFT, right: WIDTH - RIGHT, top: TOP, bottom: HEIGHT - BOTTOM };
  protected readonly top = computed(() => roundTop(this.points().flatMap(({ kl }) => kl?.mean ?? [])));
  protected readonly ticks = computed(() =>
    [0, 0.5, 1].map((share) => ({ y: yOf(share), kl: Number((share * this.top()).toPrecision(3)).toLocaleString('en'), sameTop: `${share * 100} %` })),
  );
  protected readonly marks = computed(() => {
    const positions = positionsOf(this.places());
    return this.points().map(({ kl, same_top }, at) => ({
      x: LEFT + (positions[at] ?? 0) * (WIDTH - LEFT - RIGHT),
      kl: kl ? yOf(kl.mean / this.top()) : null,
      sameTop: same_top === null ? null : yOf(same_top),
      name: this.nameAt(at),
    }));
  });
  protected readonly klPath = computed(() => pathOf(this.marks().map(({ x, kl }) => ({ x, y: kl }))));
  protected readonly sameTopPath = computed(() => pathOf(this.marks().map(({ x, sameTop }) => ({ x, y: sameTop }))));

  protected pickAt({ target }: Event): void {
    const at = target instanceof SVGElement ? Number(target.dataset['at'] ?? Number.NaN) : Number.NaN;
    if (this.points()[at]) this.pick.emit(at);
  }

  private nameAt(at: number): string {
    const place = this.places()[at];
    return place ? namePlace(place) : '';
  }
}

function yOf(share: number): number {
  return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
}
