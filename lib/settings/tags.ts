import * as z from "zod";
import { key, text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { each, entries, item, join, sort, text as textOf } from "../core/term";

/** The value of a Datadog tag. */
export const tagValue = text(
  "a tag value: letters, digits and _ - . / : without whitespace",
  /^[\p{L}\p{N}_\-./:]{1,200}$/u,
);

/**
 * Datadog turns any other character into an underscore, and the Agent splits its list of tags at whitespace.
 * @see https://docs.datadoghq.com/getting_started/tagging/
 */
export const tags = defineSetting({
  summary: "Tags on all data that the Agent sends (DD_TAGS)",
  of: "daemon",
  schema: z
    .record(key("a tag key: a letter, then letters, digits and _ - . /", /^\p{L}[\p{L}\p{N}_\-./]{0,199}$/u), tagValue)
    .default({}),
  contribution: {
    environment: { DD_TAGS: join(" ", sort(each(entries("tags"), textOf(item("key"), ":", item("value"))))) },
  },
});
