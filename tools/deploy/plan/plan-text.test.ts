import { expect, it } from "vitest";
import { asDiff } from "./plan-text.ts";

it("moves Terraform's symbols to the first column, where GitHub colors them", () => {
  const text = `
Resource actions are indicated with the following symbols:
  + create

Terraform will perform the following actions:

  # aws_eip.Nat must be replaced
-/+ resource "aws_eip" "Nat" {
      ~ id     = "eip-1" -> (known after apply)
      - domain = "vpc" -> null
      + tags   = {
          + "a" = "b"
        }
        # (3 unchanged attributes hidden)
    }

Plan: 1 to add, 0 to change, 1 to destroy.
`;
  expect(asDiff(text)).toBe(`   # aws_eip.Nat must be replaced
--/+ resource "aws_eip" "Nat" {
!       id     = "eip-1" -> (known after apply)
-       domain = "vpc" -> null
+       tags   = {
+           "a" = "b"
         }
         # (3 unchanged attributes hidden)
     }

 Plan: 1 to add, 0 to change, 1 to destroy.`);
});
