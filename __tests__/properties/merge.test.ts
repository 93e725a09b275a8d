import fc from "fast-check";
import { type Claim, mergeClaims } from "../../lib/core/merge";

describe("mergeClaims", () => {
  it("doesn't depend on the order of the claims", () => {
    const claims = fc.uniqueArray(
      fc.record({ source: fc.string(), key: fc.constantFrom("a", "b", "c"), value: fc.nat(2) }),
      { selector: ({ source }) => source },
    );
    const twoOrders = claims.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    const inOrder = (some: readonly Claim<number>[]) => {
      const { merged, conflicts } = mergeClaims(some);
      return { merged: [...merged], conflicts };
    };
    fc.assert(fc.property(twoOrders, ([some, others]) => expect(inOrder(others)).toEqual(inOrder(some))));
  });
});
