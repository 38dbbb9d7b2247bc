import { part } from './page';

/** Text without case and marks, so that "cote" finds "Côte d’Ivoire". */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Shows the rows of the table that hold the words typed. */
export function addSearch(input: HTMLInputElement): void {
  const table = part(`#${input.dataset.search ?? ''}`, HTMLTableElement);
  const rows = [...part('tbody', HTMLTableSectionElement, table).rows].map((row) => ({
    row,
    text: folded(`${row.cells[0]?.textContent} ${row.cells[1]?.textContent}`),
  }));
  input.addEventListener('input', () => {
    const words = folded(input.value).split(/\s+/);
    for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
  });
}
