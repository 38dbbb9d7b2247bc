import { part, parts } from './page';

/** Makes the heads of a table buttons that sort its rows: numbers downwards first, text upwards first. */
export function addSorting(table: HTMLTableElement): void {
  const heads = parts('thead th', HTMLTableCellElement, table);
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const first = head.classList.contains('num') ? 'descending' : 'ascending';
      const other = first === 'descending' ? 'ascending' : 'descending';
      const order = head.getAttribute('aria-sort') === first ? other : first;
      heads.forEach((each) => each.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', order);
      sortRows(table, column, order === 'descending');
    });
  });
}

function sortRows(table: HTMLTableElement, column: number, down: boolean): void {
  const body = part('tbody', HTMLTableSectionElement, table);
  const rows = [...body.rows].map((row) => ({ row, text: row.cells[column]?.textContent.trim() ?? '' }));
  rows.sort((a, b) => compare(a.text, b.text, down));
  body.append(...rows.map(({ row }) => row));
}

/** Cells without a value come last, whichever the direction. */
function compare(a: string, b: string, down: boolean): number {
  const [emptyA, emptyB] = [a === '–' || a === '', b === '–' || b === ''];
  if (emptyA || emptyB) return Number(emptyA) - Number(emptyB);
  const [x, y] = [numberIn(a), numberIn(b)];
  const order = x !== null && y !== null ? x - y : a.localeCompare(b, 'en');
  return down ? -order : order;
}

const seconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };

function numberIn(text: string): number | null {
  const match = /^([−+-]?[\d,]+(?:\.\d+)?)(?:\s(s|min|h)$)?/.exec(text);
  if (!match) return null;
  return Number(match[1]!.replace('−', '-').replace(/,/g, '')) * (seconds[match[2] ?? ''] ?? 1);
}
