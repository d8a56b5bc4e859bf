/** Drawings for {@link icon}, in a square of 24. */
export const ICONS = {
  overview: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  stacks: "M12 3 3 8l9 5 9-5zM3 12.500l9 5 9-5M3 17l9 5 9-5",
  resources: "M12 2.500 20.500 7v10L12 21.500 3.500 17V7zM3.500 7 12 11.500 20.500 7M12 11.500v10",
  requests: "M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4",
  logs: "M4 5h16v14H4zM7.500 9.500l2.500 2.500-2.500 2.500M12.500 15h4",
  notifications: "M6 16V11a6 6 0 0 1 12 0v5l2 2.500H4zM10 21h4",
  queues: "M4 6h16M4 10.500h16M4 15h10M18 13v7M15 17l3 3 3-3",
  tables: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
  buckets: "M4 6c0-4 16-4 16 0s-16 4-16 0zM4 6l2 13c.5 2.500 11.500 2.500 12 0L20 6",
  menu: "M4 7h16M4 12h16M4 17h16",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  back: "M19 12H5M11 6l-6 6 6 6",
  folder: "M3 6h6l2 2h10v11H3z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  next: "M9 6l6 6-6 6",
} as const;
