/** The names of nodes on the canvas: text drawn, never markup. */

import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from "sigma/rendering";
import type { Colours } from "./colours.js";

const LONGEST = 44;

/** A name beside its node, with the ground's colour around it so that lines do not cross the letters. */
export function labelDrawer(colours: () => Colours): NodeLabelDrawingFunction {
  return (context, data, settings) => {
    if (!data.label) return;
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    const text = short(data.label);
    const [x, y] = [beside(context, data, context.measureText(text).width, 4), data.y + settings.labelSize / 3];
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = colours().token("--ground");
    context.strokeText(text, x, y);
    context.fillStyle = colours().token("--text");
    context.fillText(text, x, y);
  };
}

/** The node under the pointer: a ring around it, and its whole name on a panel. */
export function hoverDrawer(colours: () => Colours): NodeHoverDrawingFunction {
  return (context, data, settings) => {
    const { token } = colours();
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = token("--text");
    context.stroke();
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const width = context.measureText(data.label).width;
    const [x, y] = [beside(context, data, width + 10, 5), data.y];
    context.fillStyle = token("--raised");
    context.strokeStyle = token("--edge");
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x, y - settings.labelSize, width + 10, settings.labelSize * 2, 3);
    context.fill();
    context.stroke();
    context.fillStyle = token("--text");
    context.fillText(data.label, x + 5, y + settings.labelSize / 3);
  };
}

/** Where a text of this width begins: to the right of its node, or to the left where it would be cut off. */
function beside(context: CanvasRenderingContext2D, { x, size }: { x: number; size: number }, width: number, apart: number): number {
  const right = x + size + apart;
  const left = x - size - apart - width;
  return right + width > context.canvas.clientWidth && left > 0 ? left : right;
}

function short(label: string): string {
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
}
