import fc from "fast-check";
import { expect, it } from "vitest";
import { parseBudgetNotice } from "./budget-notice.ts";
import { budgetText } from "./testing/budget-text.ts";

it("reads the text of AWS Budgets", () => {
  expect(parseBudgetNotice(budgetText())).toEqual({
    budget: "nv-demo-dev-monthly",
    kind: "actual",
    budgeted: "$25.00",
    threshold: "$20.00",
    amount: "$21.37",
  });
  expect(parseBudgetNotice(budgetText({ type: "FORECASTED", amount: "$31.00" }))).toMatchObject({
    kind: "forecasted",
    amount: "$31.00",
  });
});

it("is undefined for any other text", () => {
  expect(parseBudgetNotice(budgetText({ type: "OTHER" }))).toBeUndefined();
  expect(parseBudgetNotice(budgetText({ amount: "" }))).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => parseBudgetNotice(text) === undefined));
});
