import { z } from 'zod';
import { faultSchema, type Fault } from './kinds';
import { Storm, stormSchema } from './storm';

/** Faults waiting for a request, first armed first served; and, if one is brewed, a storm for the others. */
export class FaultBox {
  #armed: Fault[] = [];
  #storm: Storm | null = null;

  /** Takes one fault or a list of them. */
  arm(settings: unknown): void {
    this.#armed.push(...z.array(faultSchema).parse([settings].flat()));
  }

  /** From now on a share of all requests is hit, by seed. */
  brew(settings: unknown): Storm {
    this.#storm = new Storm(stormSchema.parse(settings));
    return this.#storm;
  }

  clear(): void {
    this.#armed = [];
    this.#storm = null;
  }

  get waiting(): readonly Fault[] {
    return this.#armed;
  }

  /** The fault that hits this request, if one does; an armed one is used up once. */
  take(target: string): Fault | null {
    const fault = this.#armed.find((one) => new RegExp(one.path).test(target));
    if (!fault) return this.#storm?.take(target) ?? null;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return null;
    }
    fault.times -= 1;
    if (fault.times === 0) this.#armed.splice(this.#armed.indexOf(fault), 1);
    return fault;
  }
}
