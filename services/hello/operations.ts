import { createHash } from "node:crypto";
import type { HttpHandler } from "../../lib/http/http-app.ts";
import { HttpProblem } from "../../lib/http/problem.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import { emptyResponse, jsonResponse } from "../../lib/http/response.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { daysUntilBirthday } from "./birthday.ts";
import { type CalendarDate, calendarDateAt, isBefore, parseCalendarDate } from "./calendar-date.ts";
import { InvalidPersonError, type Person, parseUsername, type Username } from "./person.ts";
import type { PersonStore } from "./person-store.ts";
import { METHODS, type Operation } from "./routes.ts";

/**
 * A cache may keep a greeting, and must ask whether it is still true each time, even when nobody answers: it changes at midnight, with
 * another date of birth, and with the person's wish to be forgotten. The last word is CloudFront's own: without it an expired answer is
 * shown as long as the origin fails (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html).
 */
const ALWAYS_ASK = "max-age=0, must-revalidate, stale-if-error=0";
const NEVER_KEEP = { "cache-control": "no-store" };

/** Looked for to see whether the table answers; whether somebody has the name does not matter. */
const ANYBODY = parseUsername("anybody");

/** What each route does. */
export function createOperations(people: PersonStore, clock: Clock): Readonly<Record<Operation, HttpHandler>> {
  return {
    greet: async (request) => {
      const username = requestedUsername(request);
      const person = await people.find(username);
      if (!person) throw new HttpProblem(404, "UnknownUser", `Nobody is remembered as ${username}.`);
      const message = greeting(person, calendarDateAt(clock.now()));
      const headers = { "cache-control": ALWAYS_ASK, etag: entityTag(message) };
      return isAmong(headers.etag, request.headers["if-none-match"])
        ? // with a type: API Gateway would add one of its own, and a cache would take it for the kept answer's
          emptyResponse(304, { ...headers, "content-type": "application/json" })
        : jsonResponse(200, { message }, headers);
    },
    remember: async (request) => {
      const username = requestedUsername(request);
      const dateOfBirth = givenDateOfBirth(request.body, calendarDateAt(clock.now()));
      await people.put({ username, dateOfBirth });
      return emptyResponse(204, NEVER_KEEP);
    },
    forget: async (request) => {
      await people.delete(requestedUsername(request));
      return emptyResponse(204, NEVER_KEEP);
    },
    "check-health": async () => {
      await people.find(ANYBODY);
      return jsonResponse(200, { status: "ok" }, NEVER_KEEP);
    },
    "refuse-method": ({ method }) => {
      const allow = METHODS.join(", ");
      throw new HttpProblem(405, "MethodNotAllowed", `${method} is none of ${allow}.`, { headers: { allow } });
    },
    "refuse-path": () => {
      throw new HttpProblem(404, "RouteNotFound", "There is nothing at this address.");
    },
  };
}

export function greeting({ username, dateOfBirth }: Person, today: CalendarDate): string {
  const days = daysUntilBirthday(dateOfBirth, today);
  const birthday = days === 0 ? "Happy birthday!" : `Your birthday is in ${days} day(s)`;
  return `Hello, ${username}! ${birthday}`;
}

const requestedUsername = ({ pathParameters }: HttpRequest): Username => parseUsername(pathParameters.username ?? "");

/** @throws InvalidPersonError when the body does not name a real day before `today`. */
function givenDateOfBirth(body: Uint8Array, today: CalendarDate): CalendarDate {
  const content = parseJson(body);
  const text = typeof content === "object" && content !== null && "dateOfBirth" in content ? content.dateOfBirth : null;
  if (typeof text !== "string") {
    throw new InvalidPersonError("InvalidBody", 'The body must be of the form {"dateOfBirth": "YYYY-MM-DD"}.');
  }
  const date = parseCalendarDate(text);
  if (!date) throw new InvalidPersonError("InvalidDateOfBirth", "dateOfBirth must be a real day as YYYY-MM-DD.");
  if (!isBefore(date, today)) {
    throw new InvalidPersonError("InvalidDateOfBirth", "dateOfBirth must be before today (UTC).");
  }
  return date;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new InvalidPersonError("InvalidBody", "The body is not valid JSON in UTF-8.");
  }
}

const entityTag = (message: string): string =>
  `"${createHash("sha256").update(message).digest("base64url").slice(0, 22)}"`;

/** Whether `If-None-Match` names the tag; a cache that compresses makes it a weak one. */
function isAmong(etag: string, ifNoneMatch: string | undefined): boolean {
  const tags = ifNoneMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes(etag) || tags.includes("*");
}
