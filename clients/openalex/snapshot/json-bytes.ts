/** Bytes of JSON that the scanners look at. */
export const byte = {
  quote: 0x22,
  comma: 0x2c,
  slash: 0x2f,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openList: 0x5b,
  backslash: 0x5c,
  closeList: 0x5d,
  open: 0x7b,
  close: 0x7d,
} as const;

/** The first byte at or behind `at` that is no white space of JSON. */
export function skipBlank(buffer: Buffer, at: number): number {
  while (isBlank(buffer[at])) at += 1;
  return at;
}

/** The last byte before `at` that is no white space of JSON. */
export function lastBefore(buffer: Buffer, at: number): number {
  at -= 1;
  while (isBlank(buffer[at])) at -= 1;
  return at;
}

/** Behind the closing quote of a string; `at` is behind its opening one. At most `end`. */
export function afterString(buffer: Buffer, at: number, end: number): number {
  for (; at < end; at++) {
    const value = buffer[at];
    if (value === byte.quote) return at + 1;
    if (value === byte.backslash) at += 1;
  }
  return end;
}

/** Whether what stands from `at` to the end of a line belongs to the record itself: one more brace closes than opens, the last one the record's. */
export function isTopLevel(buffer: Buffer, at: number, end: number): boolean {
  let depth = 1;
  while (at < end) {
    const value = buffer[at]!;
    if (value === byte.quote) {
      at = afterString(buffer, at + 1, end);
      continue;
    }
    at += 1;
    if (value === byte.open || value === byte.openList) depth += 1;
    else if (value === byte.close || value === byte.closeList) depth -= 1;
    if (depth === 0) return skipBlank(buffer, at) >= end;
  }
  return false;
}

function isBlank(value: number | undefined): boolean {
  return value === 0x20 || value === 0x0d || value === 0x09 || value === 0x0a;
}
