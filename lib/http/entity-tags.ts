/** The entity tags of a header such as `If-None-Match` (RFC 9110, section 8.8.3). A comma can be part of one. */
const tagsOf = (list: string): readonly { readonly isWeak: boolean; readonly tag: string }[] =>
  [...list.matchAll(/(W\/)?("[^"]*")/g)].map(([, weak, tag = ""]) => ({ isWeak: weak !== undefined, tag }));

const isAny = (list: string): boolean => list.trim() === "*";

/** The strong comparison of `If-Match`: weak tags never match, and `*` matches anything that exists. */
export const matchesStrongly = (list: string, etag: string): boolean =>
  isAny(list) || tagsOf(list).some(({ isWeak, tag }) => !isWeak && tag === etag);

/** The weak comparison of `If-None-Match`: a cache that compresses turns the tag into a weak one. */
export const matchesWeakly = (list: string, etag: string): boolean =>
  isAny(list) || tagsOf(list).some(({ tag }) => tag === etag);
