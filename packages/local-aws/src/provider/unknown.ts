/** Terraform's "known after apply". A class of its own, so that no real value can be mistaken for it. */
export class Unknown {
  toString(): string {
    throw new Error("an unknown value was used as text: wait until it is known");
  }
}

export const UNKNOWN = new Unknown();
