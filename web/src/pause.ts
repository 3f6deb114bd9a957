/** Let the page draw and listen between two pieces of work. */

/** After what waits to be drawn or heard. Unlike a timer it is not held back to 4 ms. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
