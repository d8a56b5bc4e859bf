import type { ResourceHandler } from "../../provider/resource.ts";
import { kinesisStream } from "./terraform/stream.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const kinesisRecordedTypes: readonly ResourceHandler[] = [kinesisStream];
