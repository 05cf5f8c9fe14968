/** The parts of the two canvas kinds that the drawer uses, on the page or in a worker. */
export type AnyCanvas = HTMLCanvasElement | OffscreenCanvas;
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A canvas that is never shown: a layer kept between frames. */
export interface Layer {
  canvas: AnyCanvas;
  context: Context;
}

export function contextOf(canvas: AnyCanvas): Context {
  const context = canvas.getContext('2d') as Context | null;
  if (!context) throw new Error('this browser gives no 2d context for a canvas');
  return context;
}

export function makeLayer(width: number, height: number): Layer {
  const canvas: AnyCanvas =
    typeof OffscreenCanvas === 'undefined'
      ? Object.assign(document.createElement('canvas'), { width, height })
      : new OffscreenCanvas(width, height);
  return { canvas, context: contextOf(canvas) };
}

/** Sets the size in device pixels and scales so that one unit is one CSS pixel. */
export function fitCanvas(layer: Layer, width: number, height: number, ratio: number): void {
  layer.canvas.width = Math.max(1, Math.round(width * ratio));
  layer.canvas.height = Math.max(1, Math.round(height * ratio));
  layer.context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
