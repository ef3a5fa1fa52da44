import { Component, computed, input } from '@angular/core';
import type { MemoryBody } from '@tandem/shared/contracts';
import { sayMegabytes } from '@tandem/web/model-status';

const NOTHING: MemoryBody = { status: 'success', total_mb: 1, available_mb: 1, models: [] };

/** What loaded models take of the machine's memory, as a bar and in words. */
@Component({
  selector: 'tandem-memory-bar',
  templateUrl: './memory-bar.html',
  styleUrl: './memory-bar.css',
})
export class MemoryBar {
  /** Its place is there before its figures are, so that nothing moves when they come. */
  readonly memory = input<MemoryBody>();

  private readonly known = computed(() => this.memory() ?? NOTHING);
  protected readonly total = computed(() => this.known().total_mb);
  protected readonly say = (megabytes: number): string => (this.memory() ? sayMegabytes(megabytes) : '');
  /** Of the whole, in percent; wide enough to be seen. */
  protected readonly shares = computed(() => {
    const { models, total_mb } = this.known();
    return models.map(({ name, memory_mb }) => ({ name, memory_mb, percent: Math.max(0.4, (memory_mb / total_mb) * 100) }));
  });
  protected readonly others = computed(() => {
    const { total_mb, available_mb, models } = this.known();
    const loaded = models.reduce((sum, { memory_mb }) => sum + memory_mb, 0);
    return Math.max(0, total_mb - available_mb - loaded);
  });
  protected readonly summary = computed(() => {
    if (!this.memory()) return 'Not known yet.';
    const { total_mb, available_mb, models } = this.known();
    const loaded = models.reduce((sum, { memory_mb }) => sum + memory_mb, 0);
    const count =
      models.length === 0 ? 'No model is loaded' : `${models.length === 1 ? '1 model takes' : `${models.length} models take`} ${sayMegabytes(loaded)}`;
    return `${count}. ${sayMegabytes(available_mb)} of ${sayMegabytes(total_mb)} free.`;
  });
}
