import { z } from "zod";
import { text } from "../core/schema";

/** Patterns that pick containers; the Agent reads them from one text, separated by blanks. */
export const containerPatterns = z.array(
  text(
    "a pattern `name:<regular expression>` or `image:<regular expression>` without white space",
    /^(name|image):\S+$/,
  ),
);
