/** Files come and go; labels stay for as long as the process runs. */
const MAX_LABELS = 500;

/** The names under which models are counted: their ids, and `other` once there were too many. */
export class ModelLabels {
  private readonly known = new Set<string>();

  of(id: string): string {
    if (this.known.size < MAX_LABELS) this.known.add(id);
    return this.known.has(id) ? id : 'other';
  }
}
