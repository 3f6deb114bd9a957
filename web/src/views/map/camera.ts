/** Which part of the plane is seen: window = scale × plane + shift. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const NEAREST = 60;
const FARTHEST = 0.08;
/** A part of the window that is left free around what is fitted. */
const MARGIN = 0.12;

export class Camera {
  scale = 0.3;
  x = 0;
  y = 0;
  width = 1;
  height = 1;

  /** The part of the plane that is seen, and `more` pixels around it. */
  seen(more = 0): Box {
    return {
      left: (-more - this.x) / this.scale,
      top: (-more - this.y) / this.scale,
      right: (this.width + more - this.x) / this.scale,
      bottom: (this.height + more - this.y) / this.scale,
    };
  }

  toWindow(x: number, y: number): [number, number] {
    return [this.scale * x + this.x, this.scale * y + this.y];
  }

  toPlane(x: number, y: number): [number, number] {
    return [(x - this.x) / this.scale, (y - this.y) / this.scale];
  }

  pan(right: number, down: number): void {
    this.x += right;
    this.y += down;
  }

  /** Zoom by a factor so that a point of the window stays where it is. */
  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    const scale = Math.max(FARTHEST, Math.min(NEAREST, this.scale * factor));
    const [planeX, planeY] = this.toPlane(x, y);
    this.scale = scale;
    this.x = x - scale * planeX;
    this.y = y - scale * planeY;
  }

  fit(box: Box): void {
    const room = 1 - 2 * MARGIN;
    const scale = Math.min((this.width * room) / (box.right - box.left), (this.height * room) / (box.bottom - box.top));
    this.scale = Math.max(FARTHEST, Math.min(NEAREST, scale));
    this.x = this.width / 2 - (this.scale * (box.left + box.right)) / 2;
    this.y = this.height / 2 - (this.scale * (box.top + box.bottom)) / 2;
  }

  /** Another size of the window; its middle stays. */
  resize(width: number, height: number): void {
    this.x += (width - this.width) / 2;
    this.y += (height - this.height) / 2;
    this.width = width;
    this.height = height;
  }
}

export function within(box: Box, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
