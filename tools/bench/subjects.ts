/** What `npm run bench` measures. */
export const subjects = ["startup", "load", "sign-in", "trace", "list"] as const;
export type Subject = (typeof subjects)[number];
