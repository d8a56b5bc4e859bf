import * as v from "valibot";
import { expect, it } from "vitest";
import { endpoint, InvalidEnvironmentError, parseEnvironment, text } from "./parse-environment.ts";

const schema = v.object({ DATABASE_ENDPOINT: endpoint, BUCKET_NAME: text });

it("parses a host and a port", () => {
  expect(parseEnvironment(schema, { DATABASE_ENDPOINT: "db.example:5433", BUCKET_NAME: "b" })).toEqual({
    DATABASE_ENDPOINT: { host: "db.example", port: 5433 },
    BUCKET_NAME: "b",
  });
});

it("names every invalid variable and reports no value", () => {
  const read = () => parseEnvironment(schema, { DATABASE_ENDPOINT: "hunter2", BUCKET_NAME: "" });
  expect(read).toThrow(InvalidEnvironmentError);
  expect(read).toThrow(/DATABASE_ENDPOINT, BUCKET_NAME$/);
  expect(read).not.toThrow(/hunter2/);
});

it.each(["db", "db:", ":5432", "db:0", "db:70000", "db:5432/x"])("rejects the endpoint %s", (value) => {
  expect(() => parseEnvironment(schema, { DATABASE_ENDPOINT: value, BUCKET_NAME: "b" })).toThrow("DATABASE_ENDPOINT");
});
