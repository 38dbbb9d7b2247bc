/** Number formats of the page. Written out by hand, not by Intl, so that a drawing is the same under every ICU. */

const thin = '\u202f';

/** 397967 → "397,967". Rounded to an integer. */
export function count(value: number): string {
  const digits = String(Math.round(Math.abs(value)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 && digits !== '0' ? `−${grouped}` : grouped;
}

/** A share between 0 and 1 in percent: 0.4123 → "41 %", below ten percent with one decimal: 0.079 → "7.9 %". */
export function percent(share: number): string {
  const value = share * 100;
  const digits = Math.abs(value) < 9.95 && value !== 0 ? 1 : 0;
  return `${value.toFixed(digits).replace('-', '−')}${thin}%`;
}

/** A ratio with one decimal, or as many as asked: "12.4". */
export function decimal(value: number, digits = 1): string {
  return value.toFixed(digits).replace('-', '−');
}

/** A p value: three decimals, below a thousandth "<0.001". */
export function pValue(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** A duration in seconds for people: "0.4 s", "12 s", "3 min", "2.5 h". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}${thin}s`;
  if (seconds < 90) return `${seconds.toFixed(0)}${thin}s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)}${thin}min`;
  return `${(seconds / 3600).toFixed(1)}${thin}h`;
}

/** Short form for axes: 1500 → "1.5k", 2000000 → "2M". */
export function short(value: number): string {
  const [unit, letter] = value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${String(Math.round((value / unit) * 100) / 100)}${letter}`;
}

/** "1 article", "2 articles"; an irregular plural is given. */
export function plural(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)} ${Math.round(value) === 1 ? noun : many}`;
}

export type Unit = 'count' | 'percent' | 'ratio';

/** A value in the format of its unit. */
export function said(value: number, unit: Unit): string {
  return unit === 'count' ? count(value) : unit === 'percent' ? percent(value) : decimal(value);
}
