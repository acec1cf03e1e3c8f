// A chart whose library comes after the page: over a thin line its 370 kB would hold up every figure for three seconds.
import { convertDynamicProperties } from "../../static/utils/dynamic_properties.js";

export default {
  template: "<div></div>",
  async mounted() {
    // The figures are painted first.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const { echarts } = await import("nicegui-echart");
    if (!this.$el?.isConnected) return; // the page was left, or the chart taken away, meanwhile
    this.chart = echarts.init(this.$el, null, { renderer: this.renderer });
    this.resizeObserver = new ResizeObserver(() => this.chart.resize());
    this.resizeObserver.observe(this.$el);
    this.update_chart();
  },
  beforeUnmount() {
    this.resizeObserver?.disconnect();
    this.chart?.dispose();
  },
  methods: {
    update_chart() {
      if (!this.chart) return; // it draws what is newest once it is there
      convertDynamicProperties(this.options, true);
      this.chart.setOption(this.options, {
        notMerge: this.chart.getOption()?.series?.length != this.options.series?.length,
      });
    },
  },
  props: { options: Object, enable3d: Boolean, renderer: String, theme: String },
};
