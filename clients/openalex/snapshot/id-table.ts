/** Knuth's multiplicative hash: neighbouring ids land far apart. */
const SPREAD = 0x9e3779b1;
const EMPTY = 0;
const BITS_PER_SLOT = 4;

/**
 * A set of the numbers of ids (`W…`, `S…`, PMIDs), with a value for each: open addressing, half full, in memory that threads can share. OpenAlex
 * numbers pass 2³¹, so they are doubles.
 */
export class IdTable {
  readonly #mask: number;
  readonly #bitMask: number;

  /** `bits`: one for each hash that occurs. Small enough for the processor's cache, it answers for nearly all numbers that are not here. */
  private constructor(
    readonly keys: Float64Array,
    readonly values: Float64Array,
    readonly bits: Uint8Array,
  ) {
    this.#mask = keys.length - 1;
    this.#bitMask = bits.length * 8 - 1;
  }

  /** Numbers with their values; of two values of one number the first stays. Numbers are positive and whole. */
  static of(entries: readonly (readonly [key: number, value: number])[]): IdTable {
    const size = 2 ** Math.max(4, Math.ceil(Math.log2(entries.length * 2 + 1)));
    const bits = new Uint8Array(new SharedArrayBuffer((size * BITS_PER_SLOT) / 8));
    const table = IdTable.over({ keys: shared(size), values: shared(size), bits });
    for (const [key, value] of entries) table.#add(key, value);
    return table;
  }

  /** Numbers that stand for themselves. */
  static ofNumbers(numbers: Iterable<number>): IdTable {
    return IdTable.of([...numbers].map((number) => [number, number] as const));
  }

  /** The same table in another thread. */
  static over({ keys, values, bits }: Pick<IdTable, 'keys' | 'values' | 'bits'>): IdTable {
    return new IdTable(keys, values, bits);
  }

  /** The value of a number, or 0 if it is not in the table. */
  get(key: number): number {
    const hash = hashOf(key);
    const bit = hash & this.#bitMask;
    if ((this.bits[bit >>> 3]! & (1 << (bit & 7))) === 0) return 0;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = this.keys[slot]!;
      if (found === key) return this.values[slot]!;
      if (found === EMPTY) return 0;
    }
  }

  has(key: number): boolean {
    return key !== EMPTY && this.get(key) !== 0;
  }

  #add(key: number, value: number): void {
    if (!Number.isSafeInteger(key) || key <= 0 || value === 0)
      throw new Error(`Expected the number of an id with its value, got ${key} → ${value}. Check where the ids come from.`);
    const hash = hashOf(key);
    let slot = hash & this.#mask;
    while (this.keys[slot] !== EMPTY && this.keys[slot] !== key) slot = (slot + 1) & this.#mask;
    if (this.keys[slot] === key) return;
    this.keys[slot] = key;
    this.values[slot] = value;
    const bit = hash & this.#bitMask;
    this.bits[bit >>> 3]! |= 1 << (bit & 7);
  }
}

/** Both halves of the number take part, or ids a multiple of 2³² apart would meet. */
function hashOf(key: number): number {
  const mixed = Math.imul((key | 0) ^ ((key / 0x1_0000_0000) | 0), SPREAD);
  return mixed ^ (mixed >>> 15);
}

function shared(size: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(size * Float64Array.BYTES_PER_ELEMENT));
}

/** `W2741809807` → 2741809807; null for anything else. */
export function idNumber(id: string): number | null {
  return /^[A-Z][1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : null;
}
