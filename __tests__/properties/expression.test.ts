import fc from "fast-check";
import { escapeTemplate, isExpression, unescapeTemplate } from "../../lib/core/expression";

/** Texts with all combinations of dollar signs, percent signs and braces. */
const braces = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a") });

describe("escapeTemplate and unescapeTemplate", () => {
  it("restore every text, and leave no expression in it", () => {
    fc.assert(
      fc.property(braces, (text) => {
        const template = escapeTemplate(text);
        expect({ text: unescapeTemplate(template), expression: isExpression(template) }).toEqual({
          text,
          expression: false,
        });
      }),
    );
  });
});
