import { VOTE_CHOICES } from '@tandem/shared/contracts';
import { fieldsOf, nameOr } from '@tandem/web/history/records';
import { type BlindTurn } from '../blind/blind-turn';

/** That a turn in a file was asked blind, and what came to light of it. Nothing where it can neither be known nor be voted on. */
export function readBlind(value: unknown): { readonly blind?: BlindTurn } {
  const given = fieldsOf(value);
  if (!given) return {};
  const [id, isCrossed, seen] = [nameOr(given['id'], null), given['isCrossed'] === true, fieldsOf(given['reveal'])];
  const vote = VOTE_CHOICES.find((each) => each === seen?.['vote']);
  if (seen && vote) return { blind: { id, isCrossed, reveal: { vote, left: nameOr(seen['left'], ''), right: nameOr(seen['right'], '') } } };
  return id === null ? {} : { blind: { id, isCrossed } };
}
