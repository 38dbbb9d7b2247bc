import { setFlagsFromString } from 'node:v8';

/**
 * How a worker spends memory and compiling; both are V8's own choice for a program that has the machine to itself. Garbage is collected when
 * the heap has doubled, not grown fourfold: a worker holds little, however many shards pass through it. Functions are compiled once they have
 * run six times as long: of those that a file's few hits run through, compiling takes longer than running.
 */
export function economise(): void {
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--interrupt-budget=400000');
}
