import { type Contract, mergeErrors } from "../../../lib/openapi/contract.ts";
import { passwords } from "../operations/me.ts";
import { caller, changeErrors, noStore, session, userErrors } from "./schemas.ts";

const tag = "Account";

export const getMe: Contract = {
  summary: "Get the caller",
  tag,
  responses: {
    200: {
      description: "The caller and its grants.",
      schema: caller,
      headers: noStore,
      example: {
        user: "ann",
        method: "password",
        grants: [{ role: "writer", prefix: "team/" }],
        administrator: false,
      },
    },
  },
  errors: {},
};

export const changeMyPassword: Contract = {
  summary: "Change the password of the caller",
  tag,
  body: { description: "The current and the new password.", schema: passwords },
  responses: { 204: { description: "The password is changed.", headers: noStore } },
  errors: mergeErrors(userErrors, changeErrors, { 400: ["InvalidBody", "InvalidPassword"], 403: ["WrongPassword"] }),
};

export const createSession: Contract = {
  summary: "Start or renew a session",
  description: "Returns a token that is valid for 15 minutes. A session can be renewed by itself for 12 hours.",
  tag,
  responses: { 201: { description: "The session.", schema: session, headers: noStore } },
  errors: mergeErrors(userErrors, changeErrors, { 403: ["PasswordRequired"] }),
};

export const endSession: Contract = {
  summary: "End the session of the request",
  tag,
  responses: { 204: { description: "The session has ended.", headers: noStore } },
  errors: mergeErrors(userErrors, changeErrors, { 400: ["NoSession"] }),
};
