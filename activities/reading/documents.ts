import type { Study } from '../../config/study';

/** Publication types that PubMed gives each kind of document. */
const TYPES = {
  retracted: ['Retracted Publication'],
  notices: ['Retraction of Publication', 'Retraction Notice', 'Expression of Concern'],
  errata: ['Published Erratum', 'Corrected and Republished Article'],
  letters: ['Letter', 'Comment', 'Editorial'],
  preprints: ['Preprint'],
};

/** Publication types of the kinds of documents that the study drops. */
export function droppedTypes(documents: Study['documents']): string[] {
  return Object.entries(TYPES).flatMap(([kind, types]) => (documents[kind as keyof typeof TYPES] === 'drop' ? types : []));
}
