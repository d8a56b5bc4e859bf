import { expect, it } from "vitest";
import { withAddressOption } from "./address-argument.ts";

it("accepts a URL in the place of the environment", () => {
  expect(withAddressOption(["https://files.example.com", "ls", "team/"])).toEqual([
    "ls",
    "team/",
    "--address",
    "https://files.example.com",
  ]);
});

it.each([[[]], [["dev", "ls"]], [["ls", "https://files.example.com"]]])("leaves %j as it is", (args) => {
  expect(withAddressOption(args)).toEqual(args);
});
