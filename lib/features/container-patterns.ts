import * as z from "zod";
import { text } from "../core/schema";

/** Container filter patterns. The Agent reads them from one space-separated string. */
export const containerPatterns = z.array(
  text(
    "a pattern `name:<regular expression>` or `image:<regular expression>` without whitespace",
    /^(name|image):\S+$/,
  ),
);
