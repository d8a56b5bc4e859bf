export type PayloadFormat = "1.0" | "2.0";
