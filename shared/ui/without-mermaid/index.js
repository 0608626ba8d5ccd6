// Excalidraw loads this when somebody opens its Mermaid dialog, whose button the whiteboard does not show.
export function parseMermaidToExcalidraw() {
  return Promise.reject(new Error('The whiteboard reads no Mermaid diagrams.'));
}
