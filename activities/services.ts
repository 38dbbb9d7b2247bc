import type { Fetcher } from '../clients/http/ports';
import type { SnapshotSource } from '../clients/openalex/snapshot/source';
import type { Shelf } from '../clients/pubmed/bulk';

/** What a step may use of the world beside its inputs. Made anew for each shard, so that the ledger knows who asks. */
export interface Services {
  /** Outside services, through the response cache, the limiter and the ledger. */
  readonly fetcher: Fetcher;
  /** The OpenAlex snapshot of this machine: a folder, or the public bucket. */
  readonly snapshot: SnapshotSource;
  /** A file the user put in place, found by its content. @throws when it is gone or its bytes have changed since the study was read. */
  file(sha256: string): Promise<string>;
  /** A folder of this shard's own, removed when it ends. */
  scratch(): Promise<string>;
  /** Where this vintage's bulk files are kept for later runs. */
  shelf(): Promise<Shelf>;
}
