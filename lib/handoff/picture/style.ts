/**
 * The picture's colours, in light and in dark. The background is its own: the page that shows it may be dark where the
 * reader's system is light.
 */
export const STYLE = `
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#1f2328}
.title{font-size:13px;font-weight:600}
.note{font-size:12px;fill:#59636e}
.code{font-size:12px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328}
.card{fill:#ffffff;stroke:#d1d9e0}
.cluster,.host{fill:#f6f8fa;stroke:#d1d9e0}
.service,.instance{fill:#ffffff;stroke:#d1d9e0}
.task{fill:none;stroke:#8250df;stroke-dasharray:4 3}
.agent,.site{fill:#f4effd;stroke:#8250df}
.sidecar{fill:#faf8fe;stroke:#b794f0}
.applications{fill:#eef6ff;stroke:#80b8f5}
.secret{fill:#fff9e8;stroke:#d9b44a}
.arrow{fill:none;stroke:#59636e;stroke-width:1.5}
.head{fill:#59636e}
@media (prefers-color-scheme:dark){
text,.code{fill:#f0f6fc}
.note{fill:#9198a1}
.card{fill:#0d1117;stroke:#3d444d}
.cluster,.host{fill:#151b23;stroke:#3d444d}
.service,.instance{fill:#0d1117;stroke:#3d444d}
.task{stroke:#ab7df8}
.agent,.site{fill:#271d3f;stroke:#ab7df8}
.sidecar{fill:#1d182c;stroke:#6e4fb0}
.applications{fill:#10243e;stroke:#3f76b8}
.secret{fill:#2b2411;stroke:#8f7425}
.arrow{stroke:#9198a1}
.head{fill:#9198a1}
}
`;
