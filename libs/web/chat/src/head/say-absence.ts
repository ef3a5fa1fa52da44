/** Why nobody can be asked, and what to do: the model that was wanted is not there, or none is. */
export function sayAbsence(wanted: string | null, hasSpoken: boolean, isAnyThere: boolean): string {
  if (!isAnyThere) return 'There is no model yet.';
  if (wanted === null) return '';
  return hasSpoken
    ? `The model of this conversation, “${wanted}”, is not there any more: choose another.`
    : `There is no model “${wanted}” here: choose another.`;
}
