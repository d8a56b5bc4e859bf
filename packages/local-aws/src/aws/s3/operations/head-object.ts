import { readObject } from "../read-object.ts";
import type { Operation } from "./context.ts";

export const headObject: Operation = (context, request) => readObject(context, request).response;
