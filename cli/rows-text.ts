type AnyRow = Readonly<Record<string, unknown>>;

/** Rows as CSV with a header, or as one JSON list. Synthetic data says so in every file. */
export async function* rowsAsText(
  rows: AsyncIterable<AnyRow>,
  columns: readonly string[],
  { format, synthetic }: { format: 'csv' | 'json'; synthetic: boolean },
): AsyncGenerator<string> {
  yield* format === 'csv' ? csvText(rows, columns, synthetic) : jsonText(rows, synthetic);
}

async function* csvText(rows: AsyncIterable<AnyRow>, columns: readonly string[], synthetic: boolean): AsyncGenerator<string> {
  const names = synthetic ? [...columns, 'synthetic'] : columns;
  yield `${names.join(',')}\n`;
  for await (const row of rows)
    yield `${[...columns.map((column) => cell(row[column])), ...(synthetic ? ['synthetic data'] : [])].join(',')}\n`;
}

async function* jsonText(rows: AsyncIterable<AnyRow>, synthetic: boolean): AsyncGenerator<string> {
  let lead = '[\n';
  for await (const row of rows) {
    yield lead + JSON.stringify(synthetic ? { ...row, synthetic: true } : row);
    lead = ',\n';
  }
  yield lead === '[\n' ? '[]\n' : '\n]\n';
}

/** Texts that a spreadsheet would run as a formula are guarded by an apostrophe. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  const guarded = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
