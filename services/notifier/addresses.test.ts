import { expect, it } from "vitest";
import { SecretUnavailableError } from "../../lib/secrets/secret-store.ts";
import { AddressBook, parseAddresses } from "./addresses.ts";

const URL = "https://hooks.slack.com/services/T01234567/B01234567/abcDEF0123456789abcDEF01";
const KEY = "0123456789abcdef0123456789ABCDEF";

it("reads addresses, each of which may be missing", () => {
  expect(parseAddresses(JSON.stringify({ slackWebhookUrl: URL, pagerDutyRoutingKey: KEY }), "https")).toEqual({
    slackWebhookUrl: URL,
    pagerDutyRoutingKey: KEY,
    pagerDutyRegion: "us",
  });
  expect(parseAddresses('{"pagerDutyRegion":"eu"}', "https")).toEqual({ pagerDutyRegion: "eu" });
  const local = URL.replace("https", "http");
  expect(parseAddresses(JSON.stringify({ slackWebhookUrl: local }), "http").slackWebhookUrl).toBe(local);
});

it.each([
  ["http", { slackWebhookUrl: URL.replace("https", "http") }],
  ["another host", { slackWebhookUrl: URL.replace("slack.com", "slack.com.example.com") }],
  ["a user", { slackWebhookUrl: URL.replace("//", "//hooks.slack.com@evil.example/") }],
  ["a port", { slackWebhookUrl: URL.replace(".com/", ".com:8080/") }],
  ["another path", { slackWebhookUrl: `${URL}/../../api` }],
  ["a query", { slackWebhookUrl: `${URL}?x=1` }],
  ["a line break", { slackWebhookUrl: `${URL}\n` }],
  ["the metadata of the instance", { slackWebhookUrl: "http://169.254.169.254/latest/meta-data" }],
  ["a short key", { pagerDutyRoutingKey: KEY.slice(1) }],
  ["another member", { slack: URL }],
  ["another region", { pagerDutyRegion: KEY }],
])("rejects %s, and names the member without its value", (_, value) => {
  const [member = "", text = ""] = Object.entries(value)[0] ?? [];
  const read = () => parseAddresses(JSON.stringify(value), "https");
  expect(read).toThrow(member === "slack" ? "unknown or misplaced members" : member);
  expect(read).not.toThrow(text);
});

it.each([URL, "[]", "null", '"text"'])("rejects what is no JSON object, without printing it: %s", (text) => {
  expect(() => parseAddresses(text, "https")).toThrow(/^The secret with the addresses is (not JSON|invalid)/);
  expect(() => parseAddresses(text, "https")).not.toThrow(URL);
});

it("has no addresses while the secret has no value, and passes on other failures", async () => {
  const book = (name: string) => {
    const cause = Object.assign(new Error("why"), { name });
    return new AddressBook(
      { read: async () => Promise.reject(new SecretUnavailableError("no", { cause })) },
      "a",
      "https",
    );
  };
  expect(await book("ResourceNotFoundException").read()).toEqual({ pagerDutyRegion: "us" });
  await expect(book("AccessDeniedException").read()).rejects.toThrow(SecretUnavailableError);
});
