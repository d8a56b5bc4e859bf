import type { Operation } from "../context.ts";
import { readObject } from "./read-object.ts";

export const headObject: Operation = (context, request) => readObject(context, request).response;
