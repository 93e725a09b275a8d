import { useData } from "vitepress";
import { h, onMounted, ref, useId, watchEffect } from "vue";
import source from "@mermaid-js/tiny/dist/mermaid.tiny.js?url";

let loading;

/** Mermaid is a script, not an ES module. Only pages that have a diagram load it, once. */
function mermaid() {
  loading ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: source, onerror: reject });
    script.onload = () => resolve(globalThis.mermaid);
    document.head.append(script);
  });
  return loading;
}

/** A diagram in Mermaid's language. */
export default {
  props: { source: { type: String, required: true } },
  setup(props) {
    const { isDark } = useData();
    const svg = ref("");
    const id = `diagram-${useId()}`;
    onMounted(async () => {
      const { initialize, render } = await mermaid();
      watchEffect(async () => {
        initialize({ startOnLoad: false, theme: isDark.value ? "dark" : "neutral" });
        svg.value = (await render(id, decodeURIComponent(props.source))).svg;
      });
    });
    return () => h("div", { class: "diagram", innerHTML: svg.value });
  },
};
