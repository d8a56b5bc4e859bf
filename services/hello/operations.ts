import { createHash } from "node:crypto";
import { matchesWeakly } from "../../lib/http/entity-tags.ts";
import type { HttpHandler } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import { emptyResponse, jsonResponse } from "../../lib/http/response.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { daysUntilBirthday } from "./birthday.ts";
import { type CalendarDate, calendarDateAt, isBefore, parseCalendarDate } from "./calendar-date.ts";
import { InvalidPersonError, type Person, parseUsername, type Username } from "./person.ts";
import type { PersonStore } from "./person-store.ts";
import { METHODS, type Operation } from "./routes.ts";

/**
 * A cache may store a greeting but must revalidate it on every use, because it changes at midnight, with the date of
 * birth, and when the person is deleted. Without `stale-if-error=0`, CloudFront serves an expired response while the
 * origin fails (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html).
 */
const REVALIDATE = "max-age=0, must-revalidate, stale-if-error=0";
const NO_STORE = { "cache-control": "no-store" };

/** Read to check that the table is available, whether or not the user exists. */
const PROBE_USERNAME = parseUsername("anybody");

/** The implementation of each operation. */
export function createOperations(people: PersonStore, clock: Clock): Readonly<Record<Operation, HttpHandler>> {
  return {
    greet: async (request) => {
      const username = requestedUsername(request);
      const person = await people.find(username);
      if (!person) throw new HttpError(404, "UnknownUser", `There is no user ${username}.`);
      const message = greeting(person, calendarDateAt(clock.now()));
      const headers = { "cache-control": REVALIDATE, etag: entityTag(message) };
      return matchesWeakly(request.headers["if-none-match"] ?? "", headers.etag)
        ? // API Gateway would add a default content type, which a cache would store for the cached response.
          emptyResponse(304, { ...headers, "content-type": "application/json" })
        : jsonResponse(200, { message }, headers);
    },
    "save-person": async (request) => {
      const username = requestedUsername(request);
      const dateOfBirth = parseDateOfBirth(request.body, calendarDateAt(clock.now()));
      await people.put({ username, dateOfBirth });
      return emptyResponse(204, NO_STORE);
    },
    "delete-person": async (request) => {
      await people.delete(requestedUsername(request));
      return emptyResponse(204, NO_STORE);
    },
    "check-health": async () => {
      await people.find(PROBE_USERNAME);
      return jsonResponse(200, { status: "ok" }, NO_STORE);
    },
    "reject-method": ({ method }) => {
      const allow = METHODS.join(", ");
      throw new HttpError(405, "MethodNotAllowed", `${method} is not allowed. Use ${allow}.`, { headers: { allow } });
    },
    "reject-path": () => {
      throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    },
  };
}

export function greeting({ username, dateOfBirth }: Person, today: CalendarDate): string {
  const days = daysUntilBirthday(dateOfBirth, today);
  const birthday = days === 0 ? "Happy birthday!" : `Your birthday is in ${days} day(s)`;
  return `Hello, ${username}! ${birthday}`;
}

const requestedUsername = ({ pathParameters }: HttpRequest): Username => parseUsername(pathParameters.username ?? "");

/** @throws InvalidPersonError when the body does not contain an existing date before `today`. */
function parseDateOfBirth(body: Uint8Array, today: CalendarDate): CalendarDate {
  const content = parseJson(body);
  const text = typeof content === "object" && content !== null && "dateOfBirth" in content ? content.dateOfBirth : null;
  if (typeof text !== "string") {
    throw new InvalidPersonError("InvalidBody", 'The body must be of the form {"dateOfBirth": "YYYY-MM-DD"}.');
  }
  const date = parseCalendarDate(text);
  if (!date)
    throw new InvalidPersonError(
      "InvalidDateOfBirth",
      "dateOfBirth must be an existing date in the format YYYY-MM-DD.",
    );
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
