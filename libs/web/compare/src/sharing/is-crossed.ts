import { type ModelCard } from '@tandem/shared/contracts';

/** Whether the left model is the derivative of the two, as the configuration knows them: what is kept and counted goes by that. */
export function isCrossed(left: ModelCard | undefined, right: ModelCard | undefined): boolean {
  if (!left || !right || left.id === right.id) return false;
  if (right.baseline_id === left.id) return false;
  if (left.baseline_id === right.id) return true;
  return left.role === 'twodelta' && right.role === 'baseline';
}
