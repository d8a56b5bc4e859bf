import { translateS3Error } from "./s3-error.ts";

/**
 * Milliseconds for a whole operation with its retries. A body of several megabytes takes longer than a request without
 * one. The assembly of an object of many parts takes longest, and must end before the function does, after 29 s.
 */
export const limits = { request: 2_500, body: 10_000, assembly: 15_000 } as const;

/** @throws ObjectStoreError in place of the errors of the client */
export async function translateErrors<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw translateS3Error(error);
  }
}
