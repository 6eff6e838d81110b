/* JupyterLab, for which a stored picture has no alternative text, gets it from the picture's
   metadata, where charts put it (analysis/chart.py).  Written as JupyterLab loads an extension that
   was built beforehand, so that nothing has to be built or installed. */
"use strict";

(() => {
  let shared;

  /** JupyterLab's own module of a name. */
  async function module(name) {
    const [one] = Object.values(shared[name]);
    return (await one.get())();
  }

  /** What shows a PNG: JupyterLab's own, which then says what the picture shows. */
  async function described() {
    const { RenderedImage } = await module("@jupyterlab/rendermime");
    class DescribedImage extends RenderedImage {
      async render(model) {
        await super.render(model);
        const { alt } = model.metadata["image/png"] ?? {};
        if (alt) this.node.querySelector("img").alt = alt;
      }
    }
    return {
      id: "described:png",
      dataType: "string",
      rendererFactory: {
        safe: true,
        mimeTypes: ["image/png"],
        defaultRank: 90, // as JupyterLab's own
        createRenderer: (options) => new DescribedImage(options),
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.described = {
    init(scope) {
      shared = scope;
    },
    async get() {
      const extension = await described();
      return () => ({ __esModule: true, default: extension });
    },
  };
})();
