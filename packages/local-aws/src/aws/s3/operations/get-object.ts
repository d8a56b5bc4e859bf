import { readObject } from "../read-object.ts";
import type { Operation } from "./context.ts";

export const getObject: Operation = (context, request) => {
  const { response, content } = readObject(context, request);
  return { ...response, body: content?.() };
};
