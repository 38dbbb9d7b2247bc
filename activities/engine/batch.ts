import type { Database } from '../../store/database';
import { finishShards, type FinishedPage } from '../../store/shards';

/** Work that a killed worker would do again: little, and enough for a few hundred quick shards in one transaction. */
const MOST_MS = 250;
const MOST_ROWS = 5_000;

/** Shards whose rows are all in hand, closed together: a transaction each would be most of the work of a quick one. */
export class Batch {
  #pages: FinishedPage[] = [];
  #rows = 0;
  #since = 0;

  constructor(
    private readonly database: Database,
    private readonly run: number,
  ) {}

  /** Takes a shard over; it is closed by now, or at the next `flush`. @throws StaleClaim as `flush` does */
  async add(page: FinishedPage): Promise<void> {
    if (this.#pages.length === 0) this.#since = Date.now() - page.seconds * 1000;
    this.#pages.push(page);
    this.#rows += page.rows.length;
    if (this.#rows >= MOST_ROWS || Date.now() - this.#since >= MOST_MS) await this.flush();
  }

  /** Closes what is in hand. @throws StaleClaim when a claim of one was lost: none of them was written */
  async flush(): Promise<void> {
    const pages = this.#pages.splice(0);
    this.#rows = 0;
    if (pages.length > 0) await finishShards(this.database, pages, this.run);
  }
}
