/** The bucket is out of reach or in trouble; passes. */
export class BucketTrouble extends Error {
  override name = 'BucketTrouble';
  readonly retryable = true;
  readonly exitCode = 2;
}

/** The bucket says no: waiting does not help. */
export class BucketRefused extends Error {
  override name = 'BucketRefused';
  readonly retryable = false;
  readonly exitCode = 2;
}
